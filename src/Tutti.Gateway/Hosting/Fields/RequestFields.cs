using System.Text;

namespace Tutti.Gateway.Hosting.Fields;

/// <summary>Chooses how the server reads the fields of requests.</summary>
internal static class RequestFields
{
    /// <summary>The reader of a field; null is the usual one.</summary>
    public static Encoding? ReaderOf(string field) => field switch
    {
        "Connection" => ConnectionField.Instance,
        "Content-Length" => LengthField.Instance,
        _ => null,
    };
}
