using System.Text.Json;

namespace Tutti.FunctionalTests.Support;

/// <summary>The answer of one part as it came over the wire.</summary>
internal sealed record PartAnswer(JsonElement Json)
{
    public string Id => Json.GetProperty("id").GetString()!;

    public int? Status => Json.TryGetProperty("statusCode", out var status) ? status.GetInt32() : null;

    public string? Contents => Text("contents");

    public string? MimeType => Text("mimeType");

    public string? Charset => Text("charset");

    public bool IsLocal => Json.GetProperty("retrievedFromLocalContents").GetBoolean();

    public string[] Errors => Texts("errors");

    public string[] Warnings => Texts("warnings");

    public static PartAnswer[] AllOf(JsonElement answer) => [.. answer.GetProperty("responses").EnumerateArray().Select(part => new PartAnswer(part))];

    /// <summary>The names of the fields that are there.</summary>
    public IEnumerable<string> Fields => Json.EnumerateObject().Select(property => property.Name);

    public void ShouldBeGood(string? contents = null)
    {
        Errors.ShouldBeEmpty();
        Status.ShouldBe(200);
        if (contents is not null)
        {
            Contents.ShouldBe(contents);
        }
    }

    public void ShouldFailWith(string error)
    {
        Errors.ShouldBe([error]);
        Status.ShouldBeNull();
        Contents.ShouldBeNull();
    }

    string? Text(string name) => Json.TryGetProperty(name, out var text) ? text.GetString() : null;

    string[] Texts(string name) => [.. Json.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];
}
