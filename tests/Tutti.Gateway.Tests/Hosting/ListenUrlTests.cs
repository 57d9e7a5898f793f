using CsCheck;
using Tutti.Gateway.Hosting;

namespace Tutti.Gateway.Tests.Hosting;

public sealed class ListenUrlTests
{
    [Theory]
    [InlineData("http://localhost:9000", "localhost", 9000)]
    [InlineData(" HTTP://127.0.0.1:0/ ", "127.0.0.1", 0)]
    [InlineData("http://[::1]:9000", "::1", 9000)]
    [InlineData("http://*:80", "*", 80)]
    [InlineData("http://+:65535", "+", 65535)]
    public void An_address_to_listen_on_is_read(string text, string host, int port) => ListenUrl.Parse(text).ShouldBe(new ListenUrl(host, port));

    [Theory]
    [InlineData("")]
    [InlineData("http://localhost")]
    [InlineData("https://localhost:9000")]
    [InlineData("localhost:9000")]
    [InlineData("http://:9000")]
    [InlineData("http://shop.example:9000")]
    [InlineData("http://localhost:65536")]
    [InlineData("http://localhost:-1")]
    [InlineData("http://localhost:9000/path")]
    [InlineData("http://localhost:")]
    public void Anything_else_is_refused(string text)
    {
        ListenUrl.TryParse(text, out _).ShouldBeFalse();
        Should.Throw<FormatException>(() => ListenUrl.Parse(text)).Message.ShouldContain(text);
    }

    [Fact]
    public void No_text_breaks_it() => Gen.String.Sample(text => !ListenUrl.TryParse($"http://{text}", out var url) || url.Port is >= 0 and <= 65_535);
}
