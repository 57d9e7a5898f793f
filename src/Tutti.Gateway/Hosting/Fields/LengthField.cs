using System.Text;

namespace Tutti.Gateway.Hosting.Fields;

/// <summary>Reads <c>Content-Length</c> so that Kestrel refuses what is no row of digits (RFC 9110, 8.6): it would take <c>+2</c> for 2.</summary>
internal sealed class LengthField : Encoding
{
    public static LengthField Instance { get; } = new();

    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        var text = bytes.AsSpan(byteIndex, byteCount);
        for (var i = 0; i < byteCount; i++)
        {
            // Anything else becomes what no reader of numbers takes.
            chars[charIndex + i] = char.IsAsciiDigit((char)text[i]) ? (char)text[i] : '?';
        }

        return byteCount;
    }

    public override int GetByteCount(char[] chars, int index, int count) => Latin1.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetMaxCharCount(int byteCount) => byteCount;
}
