using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Graph;
using Microsoft.Graph.Core.Requests;
using Microsoft.Kiota.Abstractions.Authentication;

namespace Tutti.Batching.Tests.Clients;

/// <summary>Microsoft Graph's own client, unmodified.</summary>
public sealed class GraphTests
{
    [Fact]
    public async Task Its_batches_are_understood_and_so_are_the_answers()
    {
        await using var host = await Host.StartAsync(
            app =>
            {
                app.MapGet("/v1.0/me", (HttpContext context) => new { name = "alice", authorization = context.Request.Headers.Authorization.ToString() });
                app.MapGet("/v1.0/me/photo", () => Results.Bytes([0xff, 0x00, 0xfb], "image/jpeg"));
                app.MapGet("/v1.0/me/note", () => "a note");
                app.MapGet("/v1.0/search", (string q) => new { q });
                app.MapPost("/v1.0/notes", async (HttpContext context) =>
                {
                    using var reader = new StreamReader(context.Request.Body);
                    return Results.Json(new { type = context.Request.ContentType, text = await reader.ReadToEndAsync() }, statusCode: 201);
                });
            },
            path: "/v1.0/$batch");
        using var http = new HttpClient();
        using var adapter = new BaseGraphRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http) { BaseUrl = $"{host.Client.BaseAddress}v1.0" };
        var batch = new BatchRequestContentCollection(adapter);
        var me = batch.AddBatchRequestStep(Request(HttpMethod.Get, "me"));
        var photo = batch.AddBatchRequestStep(Request(HttpMethod.Get, "me/photo"));
        var note = batch.AddBatchRequestStep(Request(HttpMethod.Get, "me/note"));
        var search = batch.AddBatchRequestStep(Request(HttpMethod.Get, $"search?q={Uri.EscapeDataString("é 'a' #1")}"));
        var json = batch.AddBatchRequestStep(Request(HttpMethod.Post, "notes", new StringContent("""{"a":1}""", Encoding.UTF8, "application/json")));
        var text = batch.AddBatchRequestStep(Request(HttpMethod.Post, "notes", new StringContent("héllo", Encoding.UTF8, "text/plain")));
        var none = batch.AddBatchRequestStep(Request(HttpMethod.Get, "none"));
        batch.AddBatchRequestStep(new BatchRequestStep("after", Request(HttpMethod.Get, "me"), [me]));
        batch.AddBatchRequestStep(new BatchRequestStep("never", Request(HttpMethod.Get, "me"), [none]));

        var answer = await new BatchRequestBuilder(adapter).PostAsync(batch);

        var statuses = await answer.GetResponsesStatusCodesAsync();
        new[] { me, photo, note, search, json, text, none, "after", "never" }.Select(id => (int)statuses[id]).ShouldBe([200, 200, 200, 200, 201, 201, 404, 200, 424]);
        (await TextAsync(me)).ShouldBe("""{"name":"alice","authorization":"Bearer own"}""");
        (await TextAsync(search)).ShouldBe("""{"q":"é 'a' #1"}""");
        (await TextAsync(json)).ShouldBe("""{"type":"application/json; charset=utf-8","text":"{\"a\":1}"}""");
        (await TextAsync(text)).ShouldBe("""{"type":"text/plain; charset=utf-8","text":"héllo"}""");
        (await BytesAsync(photo)).ShouldBe([0xff, 0x00, 0xfb]);
        Encoding.UTF8.GetString(await BytesAsync(note)).ShouldBe("a note");

        HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content = null)
        {
            var request = new HttpRequestMessage(method, new Uri($"{host.Client.BaseAddress}v1.0/{path}")) { Content = content };
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer own");
            request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
            return request;
        }

        async Task<string> TextAsync(string id)
        {
            using var response = await answer.GetResponseByIdAsync(id);
            return await response.Content.ReadAsStringAsync();
        }

        // The client gives the body as it stands in the batch: a JSON string, from which its users take the base64.
        async Task<byte[]> BytesAsync(string id) => Convert.FromBase64String((await TextAsync(id)).Trim('"'));
    }
}
