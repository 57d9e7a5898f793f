using Tutti.FunctionalTests.Support;

namespace Tutti.FunctionalTests.ProxyCache;

/// <summary>Ranges of stored answers (RFC 9110, 14 and 15.3.7).</summary>
public sealed class RangeTests(SharedGateway shared)
{
    [Theory]
    [InlineData("bytes=0-1", "01", "bytes 0-1/10")]
    [InlineData("bytes=8-", "89", "bytes 8-9/10")]
    [InlineData("bytes=-3", "789", "bytes 7-9/10")]
    [InlineData("bytes=5-500", "56789", "bytes 5-9/10")]
    public async Task A_part_is_cut_from_the_whole(string range, string body, string told)
    {
        await using var service = await StartAsync();

        var answer = await service.GetAsync("", ("Range", range));

        answer.Status.ShouldBe(206);
        answer.Body.ShouldBe(body);
        answer["Content-Range"].ShouldBe(told);
        service.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Several_parts_come_as_one_message()
    {
        await using var service = await StartAsync();

        var answer = await service.GetAsync("", ("Range", "bytes=0-1, -2"));

        answer.Status.ShouldBe(206);
        answer["Content-Type"]!.ShouldStartWith("multipart/byteranges; boundary=");
        answer.Body.ShouldContain("Content-Range: bytes 0-1/10\r\n\r\n01\r\n");
        answer.Body.ShouldContain("Content-Range: bytes 8-9/10\r\n\r\n89\r\n");
    }

    [Theory]
    [InlineData("bytes=0-5, 2-8")]
    [InlineData("bytes=x")]
    [InlineData("lines=0-1")]
    public async Task What_is_no_range_is_answered_whole(string range)
    {
        await using var service = await StartAsync();

        var answer = await service.GetAsync("", ("Range", range));

        answer.Status.ShouldBe(200);
        answer.Body.ShouldBe("0123456789");
    }

    [Fact]
    public async Task A_range_beyond_the_end_is_refused()
    {
        await using var service = await StartAsync();

        var answer = await service.GetAsync("", ("Range", "bytes=10-"));

        answer.Status.ShouldBe(416);
        answer["Content-Range"].ShouldBe("bytes */10");
    }

    [Theory]
    [InlineData("\"a\"", 206)]
    [InlineData("\"b\"", 200)]
    [InlineData("W/\"a\"", 200)]
    public async Task A_range_is_for_the_answer_that_the_client_has(string tag, int status)
    {
        await using var service = await StartAsync();

        (await service.GetAsync("", ("Range", "bytes=0-1"), ("If-Range", tag))).Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_range_of_what_is_not_stored_goes_to_the_service()
    {
        await using var service = await CachedService.StartAsync(shared, "", ("Cache-Control", "max-age=60"));

        await service.GetAsync("", ("Range", "bytes=0-0"));

        service.Backend.Request.Header("Range").ShouldBe("bytes=0-0");
        (await service.GetAsync()).Body.ShouldBe("2");
    }

    async Task<CachedService> StartAsync()
    {
        var service = await CachedService.StartAsync(shared, context =>
            CachedService.AnswerAsync(context, "0123456789", ("Cache-Control", "max-age=60"), ("ETag", "\"a\""), ("Content-Type", "text/plain")));
        await service.GetAsync();
        return service;
    }
}
