using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Behaviours;

/// <summary>Octoparts' behaviours 41 to 44.</summary>
public sealed class LocalContentsTests(SharedGateway shared)
{
    readonly TestGateway _gateway = shared.Gateway;

    // 41
    [Fact]
    public async Task Enabled_local_contents_answer_and_the_backend_is_never_called()
    {
        await using var backend = await Backend.StartAsync();

        var answer = await _gateway.AskAsync(Local(backend));

        (answer.Status, answer.Contents, answer.IsLocal).ShouldBe((203, "here", true));
        answer.Errors.ShouldBeEmpty();
        answer.Fields.ShouldNotContain("mimeType");
        answer.Fields.ShouldNotContain("charset");
        backend.Requests.ShouldBeEmpty();
    }

    // 42
    [Fact]
    public async Task Required_params_are_still_checked()
    {
        await using var backend = await Backend.StartAsync();

        var answer = await _gateway.AskAsync(Local(backend) with { Params = [Some.Param(ParamKind.Query, "q", required: true)] });

        answer.ShouldFailWith("The following parameters are missing: q");
    }

    // 43
    [Fact]
    public async Task They_come_without_a_warning_of_deprecation()
    {
        await using var backend = await Backend.StartAsync();

        (await _gateway.AskAsync(Local(backend) with { DeprecatedInFavourOf = "new" })).Warnings.ShouldBeEmpty();
    }

    // 44
    [Theory]
    [InlineData(200, "new", true)]
    [InlineData(500, "new", true)]
    [InlineData(200, "", false)]
    public async Task A_deprecated_part_warns_also_beside_errors(int status, string successor, bool warns)
    {
        await using var backend = await Backend.StartAsync(status);
        var part = Some.Part(backend.Url) with { DeprecatedInFavourOf = successor };

        var answer = await _gateway.AskAsync(part);

        answer.Status.ShouldBe(status);
        answer.Warnings.ShouldBe(warns ? [$"Please use new instead of {part.PartId}"] : []);
    }

    // 44
    [Fact]
    public async Task A_deprecated_part_that_fails_warns_too()
    {
        var part = Some.Part("http://no-such-host.invalid/") with { DeprecatedInFavourOf = "new" };

        (await _gateway.AskAsync(part)).Warnings.ShouldBe([$"Please use new instead of {part.PartId}"]);
    }

    static PartConfig Local(Backend backend) => Some.Part(backend.Url) with { LocalContents = new LocalContentsConfig { Enabled = true, Contents = "here" } };
}
