using System.Globalization;
using System.Text;

namespace Tutti.Gateway.Aggregation.Wire;

/// <summary>Errors of Octoparts' doors: a status and a line of plain text.</summary>
internal static class OctopartsError
{
    /// <param name="retryAfter">In seconds.</param>
    public static async Task WriteAsync(HttpContext context, int status, string message, int? retryAfter = null)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        if (retryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        var bytes = Encoding.UTF8.GetBytes(message);
        response.ContentLength = bytes.Length;
        await response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
    }
}
