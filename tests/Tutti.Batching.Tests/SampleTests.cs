namespace Tutti.Batching.Tests;

/// <summary>The sample app over real sockets.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task Two_endpoints_are_two_sections_in_the_order_asked()
    {
        await using var host = await Host.SampleAsync();

        var reply = await host.GetAsync("/batch?f=/foo&b=/bar");

        (reply.Status, reply.Text).ShouldBe((200, """{"f":{"name":"foo"},"b":[1,2,3]}"""));
        reply.Header("Batch-Status").ShouldBe("f=200, b=200");
    }
}
