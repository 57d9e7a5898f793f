using System.Collections;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Edge;

/// <summary>The scope of all that is logged on behalf of a request that says what it belongs to.</summary>
internal sealed class MetadataScope(string metadata) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => 1;

    public KeyValuePair<string, object?> this[int index] => new(MetadataField.Name, metadata);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return this[0];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"{MetadataField.Name}: {metadata}";
}
