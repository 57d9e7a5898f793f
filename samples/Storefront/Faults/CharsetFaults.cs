using System.Text;

namespace Tutti.Samples.Storefront.Faults;

/// <summary>Text whose charset is missing, unknown, unusual or a lie.</summary>
public static class CharsetFaults
{
    /// <summary>The misbehaviours.</summary>
    public static IReadOnlyList<HttpFault> All { get; } =
    [
        Write("bad-charset", "Declares a charset that does not exist.", "text/plain; charset=klingon-8", "hello"u8),
        Write("lying-charset", "Declares UTF-8 and sends bytes that are none.", "text/plain; charset=utf-8", [0xFF, 0xFE, (byte)'a', 0xC3]),
        Write("latin1", "Sends ISO-8859-1 and says so.", "text/plain; charset=ISO-8859-1", Encoding.Latin1.GetBytes("Käse für 3 £")),
        Write("utf7", "Sends UTF-7, in which a script hides, and says so.", "text/html; charset=utf-7", "+ADw-script+AD4-alert(1)"u8),
        Write("no-content-type", "Sends a page without Content-Type.", null, "<html><body>guess me</body></html>"u8),
        Write("bad-content-type", "Sends a Content-Type that cannot be parsed.", "text/;;charset==\"", "hello"u8),
    ];

    static HttpFault Write(string name, string sentence, string? contentType, ReadOnlySpan<byte> body)
    {
        var bytes = body.ToArray();
        return new(name, sentence, context =>
        {
            context.Response.ContentType = contentType;
            return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
        });
    }
}
