using System.Net;
using System.Text.RegularExpressions;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Hosting.Bundles;

/// <summary>The variables that ConductR's libraries read in a bundle.</summary>
internal static partial class BundleEnvironment
{
    /// <param name="instance">Where the bundle runs; null leaves out what tells of its addresses.</param>
    /// <param name="status">What signals are sent to, without a slash at its end.</param>
    /// <param name="locator">What look-ups are sent to.</param>
    public static SortedDictionary<string, string> Of(BundleConfig bundle, InstanceConfig? instance, Uri status, Uri locator)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["BUNDLE_ID"] = bundle.BundleId,
            ["BUNDLE_NAME"] = bundle.Name,
            ["BUNDLE_SYSTEM"] = bundle.Name,
            ["BUNDLE_SYSTEM_VERSION"] = bundle.BundleVersion,
            ["BUNDLE_COMPATIBILITY_VERSION"] = bundle.BundleVersion,
            ["SERVICE_PROXY_IP"] = locator.Host,
        };
        Add(variables, "CONDUCTR_STATUS", status);
        Add(variables, "SERVICE_LOCATOR", locator);
        foreach (var endpoint in bundle.Endpoints)
        {
            if (instance?.Addresses.FirstOrDefault(address => address.Service == endpoint.Service) is { } address)
            {
                AddEndpoint(variables, Name(endpoint.Name), address.Address);
            }
        }

        return variables;
    }

    /// <summary>An address as a whole, as it is read, and in parts.</summary>
    static void Add(SortedDictionary<string, string> variables, string name, Uri address)
    {
        variables[name] = address.ToString().TrimEnd('/');
        variables[$"{name}_PROTOCOL"] = address.Scheme;
        variables[$"{name}_IP"] = address.Host;
        variables[$"{name}_PORT"] = $"{address.Port}";
    }

    static void AddEndpoint(SortedDictionary<string, string> variables, string name, string text)
    {
        var address = new Uri(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}");
        variables["BUNDLE_HOST_IP"] = address.Host;
        variables[$"{name}_PROTOCOL"] = address.Scheme;
        variables[$"{name}_HOST"] = address.GetLeftPart(UriPartial.Authority);
        variables[$"{name}_HOST_PORT"] = $"{address.Port}";
        variables[$"{name}_BIND_IP"] = address.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 ? address.Host : $"{IPAddress.Any}";
        variables[$"{name}_BIND_PORT"] = $"{address.Port}";
    }

    static string Name(string endpoint) => NotInNames().Replace(endpoint, "_").ToUpperInvariant();

    [GeneratedRegex("[^A-Za-z0-9]")]
    private static partial Regex NotInNames();
}
