namespace Tutti.Gateway.Caching.Rules.Fields;

/// <summary>The values of all lines of one name, enumerated without allocating.</summary>
internal struct FieldValues(HeaderField[] lines, string name)
{
    int _next;

    public string Current { get; private set; } = "";

    public readonly FieldValues GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_next < lines.Length)
        {
            var line = lines[_next++];
            if (line.Is(name))
            {
                Current = line.Value;
                return true;
            }
        }

        return false;
    }
}
