using System.Text;
using Tutti.Gateway.Hosting.Fields;

namespace Tutti.Gateway.Tests.Hosting.Fields;

/// <summary>No name in <c>Connection</c> is lost, and whether the connection is kept stays as it was.</summary>
public sealed class ConnectionFieldTests
{
    [Theory]
    [InlineData("close", "close")]
    [InlineData("keep-alive", "keep-alive")]
    [InlineData("Upgrade", "Upgrade")]
    [InlineData("X-A", "X-A")]
    [InlineData("close, X-A", "close,X-A,keep-alive")]
    [InlineData("X-A, Close", "X-A,Close,keep-alive")]
    [InlineData("Keep-Alive, X-A ,X-B", "X-A,X-B")]
    [InlineData("keep-alive, Upgrade", "Upgrade")]
    [InlineData("keep-alive,", "keep-alive")]
    [InlineData("close, close", "close,close,keep-alive")]
    public void A_name_beside_others_stays(string sent, string read)
    {
        RequestFields.ReaderOf("Connection")!.GetString(Encoding.ASCII.GetBytes(sent)).ShouldBe(read);
        RequestFields.ReaderOf("Accept").ShouldBeNull();
    }
}
