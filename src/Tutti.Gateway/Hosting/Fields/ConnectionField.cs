using System.Text;

namespace Tutti.Gateway.Hosting.Fields;

/// <summary>
/// Reads <c>Connection</c> so that Kestrel keeps the names in it: it puts a lone <c>close</c> or <c>keep-alive</c> in the stead of the whole
/// field, and the proxy would not know which fields were meant for this hop alone.
/// </summary>
internal sealed class ConnectionField : Encoding
{
    const string KeepAlive = "keep-alive";
    const string Close = "close";

    public static ConnectionField Instance { get; } = new();

    public override int GetCharCount(byte[] bytes, int index, int count) => Keep(bytes.AsSpan(index, count)).Length;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        var text = Keep(bytes.AsSpan(byteIndex, byteCount));
        text.CopyTo(0, chars, charIndex, text.Length);
        return text.Length;
    }

    public override int GetByteCount(char[] chars, int index, int count) => Latin1.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetMaxCharCount(int byteCount) => byteCount + KeepAlive.Length + 1;

    /// <summary>
    /// Beside other names, <c>close</c> gets company that it overrules, and <c>keep-alive</c>, which HTTP/1.1 means anyway, goes: then the
    /// field is no longer a lone one.
    /// </summary>
    static string Keep(ReadOnlySpan<byte> bytes)
    {
        var text = Latin1.GetString(bytes);
        if (!text.Contains(',', StringComparison.Ordinal))
        {
            return text;
        }

        string[] names = [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(name => !Is(name, KeepAlive))];
        return names.Length == 0 ? KeepAlive
            : names.Any(name => Is(name, Close)) && names.Length > 1 ? $"{string.Join(',', names)},{KeepAlive}"
            : string.Join(',', names);
    }

    static bool Is(string name, string option) => name.Equals(option, StringComparison.OrdinalIgnoreCase);
}
