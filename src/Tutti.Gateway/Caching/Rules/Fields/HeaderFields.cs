namespace Tutti.Gateway.Caching.Rules.Fields;

/// <summary>The header of one message: its lines in order, looked up without regard to case.</summary>
internal sealed class HeaderFields(params HeaderField[] lines)
{
    public static HeaderFields None { get; } = new();

    public ReadOnlySpan<HeaderField> Lines => lines;

    public static HeaderFields Of(params ReadOnlySpan<(string Name, string Value)> lines)
    {
        var fields = new HeaderField[lines.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            fields[i] = new HeaderField(lines[i].Name, lines[i].Value);
        }

        return new HeaderFields(fields);
    }

    public bool Has(string name) => First(name) is not null;

    /// <summary>The value of the first line of that name.</summary>
    public string? First(string name)
    {
        foreach (var value in Values(name))
        {
            return value;
        }

        return null;
    }

    /// <summary>The values of all lines of that name, in order.</summary>
    public FieldValues Values(string name) => new(lines, name);

    /// <summary>All lines of that name as one value (RFC 9110, 5.3); null where there is none.</summary>
    public string? Joined(string name)
    {
        string? joined = null;
        List<string>? several = null;
        foreach (var value in Values(name))
        {
            if (joined is null)
            {
                joined = value;
                continue;
            }

            several ??= [joined];
            several.Add(value);
        }

        return several is null ? joined : string.Join(", ", several);
    }
}
