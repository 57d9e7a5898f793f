using System.Net;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Calls.Connections;

namespace Tutti.Gateway.Tests.Calls.Connections;

public sealed class AddressPolicyTests
{
    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::169.254.169.254")]
    [InlineData("64:ff9b::169.254.169.254")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("100.100.100.200")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("::")]
    [InlineData("::ffff:0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("ff02::1")]
    [InlineData("255.255.255.255")]
    public void Threat_07_metadata_link_local_and_unspecified_addresses_are_denied_in_every_form(string address) =>
        Allows(address).ShouldBeFalse();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("10.0.0.5")]
    [InlineData("192.168.1.1")]
    [InlineData("fd00::5")]
    [InlineData("8.8.8.8")]
    [InlineData("2001:db8::1")]
    public void Backends_on_private_and_public_addresses_are_allowed(string address) => Allows(address).ShouldBeTrue();

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("::ffff:10.1.2.3")]
    [InlineData("64:ff9b::10.1.2.3")]
    [InlineData("2002:0a01:0203::1")]
    public void Threat_07_a_denied_network_is_denied_in_every_form(string address) => Allows(address, denied: ["10.0.0.0/8"]).ShouldBeFalse();

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("10.1.9.9", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("2001:db8::1", false)]
    public void With_allowed_networks_nothing_else_is_reached_and_denied_ones_win(string address, bool allowed) =>
        Allows(address, denied: ["10.1.9.0/24"], allowed: ["10.0.0.0/8"]).ShouldBe(allowed);

    static bool Allows(string address, string[]? denied = null, string[]? allowed = null)
    {
        var options = new BackendOptions();
        Array.ForEach(denied ?? [], options.DeniedNetworks.Add);
        Array.ForEach(allowed ?? [], options.AllowedNetworks.Add);
        return new AddressPolicy(options).Allows(IPAddress.Parse(address));
    }
}
