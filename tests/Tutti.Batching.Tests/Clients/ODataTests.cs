using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.OData;

namespace Tutti.Batching.Tests.Clients;

/// <summary>Microsoft's OData library, unmodified, as the client of a JSON batch.</summary>
public sealed class ODataTests
{
    [Fact]
    public async Task Its_batches_are_understood_and_so_are_the_answers()
    {
        await using var host = await Host.StartAsync(
            app =>
            {
                app.MapGet("/service/Customers({id:int})", (int id) => new { id });
                app.MapPost("/service/Customers", async (HttpContext context) =>
                {
                    using var reader = new StreamReader(context.Request.Body);
                    context.Response.Headers.Location = "/service/Customers(7)";
                    return Results.Text(await reader.ReadToEndAsync(), "application/json", statusCode: 201);
                });
                app.MapGet("/service/Customers({id:int})/Photo", () => Results.Bytes([0xff, 0x00, 0xfb], "image/png"));
                app.MapGet("/service/Document", () => Results.Text("<Edmx/>", "application/xml"));
                app.MapGet("/service/Customers({id:int})/Orders", (int id) => Results.Json(new { orders = id }));
            },
            path: "/service/$batch");
        var written = new Message();
        written.SetHeader("Content-Type", "application/json");
        await WriteAsync(written, new Uri(host.Client.BaseAddress!, "service/"));

        using var request = new HttpRequestMessage(HttpMethod.Post, "/service/$batch") { Content = new ByteArrayContent(written.Content.ToArray()) };
        var reply = await host.SendAsync(request, [.. written.Headers.Select(header => (header.Key, header.Value))]);

        reply.Status.ShouldBe(200, reply.Text);
        (await ReadAsync(reply)).ShouldBe(
        [
            """1 200 {"id":1}""",
            """2 201 {"name":"x"}""",
            """3 200 {"orders":7}""",
            "4 200 ff00fb",
            "5 404 ",
            "6 200 <Edmx/>",
        ]);
    }

    static async Task WriteAsync(Message message, Uri service)
    {
        using var writer = new ODataMessageWriter((IODataRequestMessageAsync)message, new ODataMessageWriterSettings { Version = ODataVersion.V401, BaseUri = service, EnableMessageStreamDisposal = false });
        var batch = await writer.CreateODataBatchWriterAsync();
        await batch.WriteStartBatchAsync();
        await batch.CreateOperationRequestMessageAsync("GET", new Uri(service, "Customers(1)"), "1");
        var post = await batch.CreateOperationRequestMessageAsync("POST", new Uri(service, "Customers"), "2", BatchPayloadUriOption.AbsoluteUriUsingHostHeader);
        post.SetHeader("Content-Type", "application/json");
        await using (var stream = await post.GetStreamAsync())
        {
            await stream.WriteAsync("""{"name":"x"}"""u8.ToArray());
        }

        await batch.CreateOperationRequestMessageAsync("GET", new Uri(service, "$2/Orders"), "3", BatchPayloadUriOption.RelativeUri, ["2"]);
        await batch.CreateOperationRequestMessageAsync("GET", new Uri(service, "Customers(1)/Photo"), "4", BatchPayloadUriOption.RelativeUri);
        await batch.CreateOperationRequestMessageAsync("GET", new Uri(service, "None"), "5");
        await batch.CreateOperationRequestMessageAsync("GET", new Uri(service, "Document"), "6");
        await batch.WriteEndBatchAsync();
        await batch.FlushAsync();
    }

    static async Task<List<string>> ReadAsync(Reply reply)
    {
        var message = new Message { Content = new MemoryStream(Encoding.UTF8.GetBytes(reply.Text)) };
        foreach (var name in new[] { "Content-Type", "OData-Version" })
        {
            message.SetHeader(name, reply.Header(name)!);
        }

        var read = new List<string>();
        using var reader = new ODataMessageReader((IODataResponseMessageAsync)message, new ODataMessageReaderSettings());
        var batch = await reader.CreateODataBatchReaderAsync();
        while (await batch.ReadAsync())
        {
            if (batch.State == ODataBatchReaderState.Operation)
            {
                var response = await batch.CreateOperationResponseMessageAsync();
                using var bytes = new MemoryStream();
                await using (var stream = await response.GetStreamAsync())
                {
                    await stream.CopyToAsync(bytes);
                }

                var body = bytes.ToArray();
                read.Add($"{response.ContentId} {response.StatusCode} {(response.GetHeader("content-type") == "image/png" ? Convert.ToHexStringLower(body) : Encoding.UTF8.GetString(body))}");
            }
        }

        return read;
    }
}
