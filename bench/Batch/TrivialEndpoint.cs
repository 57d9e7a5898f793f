namespace Tutti.Bench.Batch;

/// <summary>Answers the same few bytes, as cheaply as an endpoint can.</summary>
static class TrivialEndpoint
{
    static readonly byte[] Body = """{"id":7,"name":"some name"}"""u8.ToArray();

    public static Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Body.Length;
        return context.Response.BodyWriter.WriteAsync(Body).AsTask();
    }
}
