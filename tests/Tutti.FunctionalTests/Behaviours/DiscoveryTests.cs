using System.Text;
using System.Text.Json;
using Tutti.FunctionalTests.Support;
using Tutti.Gateway.Registry;

namespace Tutti.FunctionalTests.Behaviours;

/// <summary>Octoparts' behaviours 66 and 67.</summary>
public sealed class DiscoveryTests : IAsyncLifetime
{
    TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync();
        await _gateway.RegisterAsync(Named("b"), Named("a") with { CacheTtl = null, Params = [Some.Param(ParamKind.Query, "q", required: true)] }, Named("C"));
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    // 66
    [Fact]
    public async Task All_parts_are_listed_sorted_by_id_as_a_file()
    {
        using var answer = await _gateway.Traffic.GetAsync("/octoparts/2/list");

        (await IdsAsync(answer)).ShouldBe(["C", "a", "b"]);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/json; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.ToString().ShouldBe("attachment; filename=exported-parts.json");
    }

    // 66
    [Fact]
    public async Task Named_parts_are_listed_in_that_order_and_unknown_ones_dropped() =>
        (await IdsAsync(await _gateway.Traffic.GetAsync("/octoparts/2/list?partIdParams=b&partIdParams=zz&partIdParams=a"))).ShouldBe(["b", "a"]);

    // 67
    [Theory]
    [InlineData("", "application/json", "C,a,b")]
    [InlineData("{}", "application/json", "C,a,b")]
    [InlineData("""{"ids":[]}""", "application/json", "C,a,b")]
    [InlineData("""{"ids":null}""", "application/json", "C,a,b")]
    [InlineData("""{"ids":["b","zz","a"]}""", "application/json", "b,a")]
    [InlineData("ids[]=b&ids[]=a", "application/x-www-form-urlencoded", "b,a")]
    [InlineData("ids[0]=b&ids[1]=a", "application/x-www-form-urlencoded", "b,a")]
    [InlineData("ids[10]=a&ids[9]=b", "application/x-www-form-urlencoded", "b,a")]
    [InlineData("idsx[0]=b", "application/x-www-form-urlencoded", "C,a,b")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"ids[]\"\r\n\r\nb\r\n--x--\r\n", "multipart/form-data; boundary=x", "b")]
    public async Task Posted_ids_choose_the_parts(string body, string type, string ids) =>
        (await IdsAsync(await PostAsync(body, type))).ShouldBe(ids.Split(','));

    // 67
    [Theory]
    [InlineData("""{"ids":[""]}""", "application/json")]
    [InlineData("""{"ids":[" "]}""", "application/json")]
    [InlineData("""{"ids":[1]}""", "application/json")]
    [InlineData("""{"ids":"a"}""", "application/json")]
    [InlineData("{", "application/json")]
    [InlineData("""{"ids":["\ud800"]}""", "application/json")]
    [InlineData("ids[]=", "application/x-www-form-urlencoded")]
    [InlineData("garbage", "multipart/form-data; boundary=x")]
    [InlineData("garbage", "multipart/form-data")]
    public async Task Ids_that_are_none_are_400_in_Octoparts_words(string body, string type)
    {
        using var answer = await PostAsync(body, type);

        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("Could no bind ids from request");
    }

    [Theory]
    [InlineData("application/json", "utf-8", "\ufeff")]
    [InlineData("application/json; charset=utf-16", "utf-16", "\ufeff")]
    [InlineData("application/json; charset=iso-8859-1", "iso-8859-1", "")]
    public async Task Ids_are_read_in_their_charset(string type, string charset, string mark)
    {
        await _gateway.RegisterAsync(Named("ü"));
        var body = Encoding.GetEncoding(charset).GetBytes($$"""{{mark}}{"ids":["ü"]}""");

        (await IdsAsync(await PostAsync(body, type))).ShouldBe(["ü"]);
    }

    [Fact]
    public async Task A_form_may_name_many_parts()
    {
        var ids = string.Join('&', Enumerable.Range(0, 5_000).Select(i => $"ids[]={i}").Append("ids[]=b"));

        (await IdsAsync(await PostAsync(ids, "application/x-www-form-urlencoded"))).ShouldBe(["b"]);
    }

    [Theory]
    [InlineData("application/json", 2_000_000, false, 413)]
    [InlineData("application/json", 2_000_000, true, 413)]
    [InlineData("application/x-www-form-urlencoded", 2_000_000, false, 413)]
    [InlineData("application/x-www-form-urlencoded", 2_000_000, true, 413)]
    [InlineData("text/plain", 10, false, 415)]
    [InlineData("application/json; charset=klingon", 10, false, 415)]
    public async Task What_is_too_large_or_of_another_type_is_refused(string type, int length, bool chunked, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/octoparts/2/list") { Content = new ByteArrayContent(Encoding.ASCII.GetBytes($"ids[]={new string('x', length)}")) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.TransferEncodingChunked = chunked;

        ((int)(await _gateway.Traffic.SendAsync(request)).StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task HEAD_tells_what_GET_would()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/octoparts/2/list");

        using var answer = await _gateway.Traffic.SendAsync(request);

        ((int)answer.StatusCode).ShouldBe(200);
        answer.Content.Headers.ContentDisposition!.ToString().ShouldBe("attachment; filename=exported-parts.json");
    }

    // C.4
    [Fact]
    public async Task A_part_is_listed_with_every_mandatory_field_and_without_nulls()
    {
        var list = JsonDocument.Parse(await _gateway.Traffic.GetStringAsync("/octoparts/2/list?partIdParams=a")).RootElement;

        var part = list.EnumerateArray().ShouldHaveSingleItem();
        string[] mandatory =
        [
            "partId", "owner", "uriToInterpolate", "method", "hystrixConfig", "additionalValidStatuses", "httpPoolSize", "httpConnectionTimeout",
            "httpSocketTimeout", "httpDefaultEncoding", "parameters", "cacheGroups", "alertMailSettings", "localContentsEnabled",
        ];
        mandatory.ShouldBeSubsetOf(Names(part));
        new[] { "timeout", "threadPoolConfig", "commandKey", "commandGroupKey", "localContentsAsFallback" }.ShouldBe(Names(part.GetProperty("hystrixConfig")), ignoreOrder: true);
        new[] { "required", "versioned", "paramType", "outputName", "cacheGroups" }.ShouldBe(Names(part.GetProperty("parameters")[0]), ignoreOrder: true);
        part.GetRawText().ShouldNotContain("null");
    }

    // 69, as far as the list goes
    [Fact]
    public async Task What_was_listed_can_be_imported_again_and_changes_nothing()
    {
        var list = await _gateway.Traffic.GetStringAsync("/octoparts/2/list");
        using var content = new StringContent(list, Encoding.UTF8, "application/json");

        using var answer = await _gateway.Management.PostAsync("/admin/api/import?mode=update", content);

        ((int)answer.StatusCode).ShouldBe(200);
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("unchanged").GetArrayLength().ShouldBe(3);
        (await _gateway.Traffic.GetStringAsync("/octoparts/2/list")).ShouldBe(list);
    }

    static PartConfig Named(string id) => Some.Part() with { PartId = id };

    Task<HttpResponseMessage> PostAsync(string body, string type) => PostAsync(Encoding.UTF8.GetBytes(body), type);

    Task<HttpResponseMessage> PostAsync(byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return _gateway.Traffic.PostAsync("/octoparts/2/list", content);
    }

    static async Task<string[]> IdsAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, text);
        return [.. JsonDocument.Parse(text).RootElement.EnumerateArray().Select(part => part.GetProperty("partId").GetString()!)];
    }

    static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(property => property.Name);
}
