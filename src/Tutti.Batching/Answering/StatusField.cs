using System.Buffers;
using System.Globalization;
using System.Text;
using Tutti.Batching.Running;

namespace Tutti.Batching.Answering;

/// <summary>
/// The field <c>Batch-Status</c>: a dictionary of statuses by name (RFC 9651). A name that cannot be a key there is told by position, as
/// <c>*2=404;name="userProfile"</c>.
/// </summary>
internal static class StatusField
{
    static readonly SearchValues<char> KeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.*");

    public static string Of(CallRun[] calls)
    {
        var field = new StringBuilder(calls.Length * 8);
        foreach (var call in calls)
        {
            field.Append(field.Length == 0 ? "" : ", ");
            if (IsKey(call.Id))
            {
                field.Append(CultureInfo.InvariantCulture, $"{call.Id}={call.Status}");
            }
            else
            {
                field.Append(CultureInfo.InvariantCulture, $"*{call.Index + 1}={call.Status};name=");
                AppendName(field, call.Id);
            }
        }

        return field.ToString();
    }

    static bool IsKey(string name) =>
        name[0] is >= 'a' and <= 'z' && !name.AsSpan().ContainsAnyExcept(KeyCharacters);

    static void AppendName(StringBuilder field, string name)
    {
        if (!name.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            field.Append('"').Append(name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
            return;
        }

        // A display string: percent-encoded UTF-8, in lower case (RFC 9651, 3.3.8).
        field.Append("%\"");
        foreach (var utf8 in Encoding.UTF8.GetBytes(name))
        {
            field.Append(utf8 is > 0x20 and < 0x7f and not (byte)'"' and not (byte)'%' or 0x20 ? ((char)utf8).ToString() : $"%{utf8:x2}");
        }

        field.Append('"');
    }
}
