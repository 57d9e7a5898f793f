namespace Tutti.Gateway.Edge.Json;

/// <summary>Where a body is no JSON, and why.</summary>
/// <param name="Line">From 1 on.</param>
/// <param name="Byte">Within its line, from 1 on.</param>
internal sealed record JsonFault(string Why, long Line, long Byte)
{
    public override string ToString() => $"The body is not well-formed JSON: line {Line}, byte {Byte}: {Why}";
}
