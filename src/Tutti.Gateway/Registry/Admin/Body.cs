using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>What a request's JSON holds, or the answer to it if it holds nothing of use.</summary>
/// <param name="Faults">The fields that did not fit the form; the value holds stand-ins for them.</param>
internal sealed record Body<T>(T? Value, IReadOnlyList<Fault> Faults, IResult? Problem)
    where T : class
{
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsRead => Problem is null;

    public static Body<T> Refused(IResult problem) => new(null, [], problem);
}
