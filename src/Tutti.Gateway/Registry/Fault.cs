namespace Tutti.Gateway.Registry;

/// <summary>One thing that is wrong with an entry.</summary>
/// <param name="Field">The path of the field in the entry's JSON, such as <c>params[2].name</c>.</param>
/// <param name="Message">What is wrong and what would be right.</param>
internal readonly record struct Fault(string Field, string Message);
