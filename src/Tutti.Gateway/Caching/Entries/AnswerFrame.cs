using Microsoft.AspNetCore.WebUtilities;

namespace Tutti.Gateway.Caching.Entries;

/// <summary>What an answer is beside its header and its body.</summary>
/// <param name="Reason">The reason phrase; null where it is the usual one.</param>
internal readonly record struct AnswerFrame(int Status, string? Reason, bool HasBody)
{
    public static AnswerFrame Of(HttpResponseMessage response, bool hasBody)
    {
        var status = (int)response.StatusCode;
        var isUsual = string.IsNullOrEmpty(response.ReasonPhrase) || response.ReasonPhrase == ReasonPhrases.GetReasonPhrase(status);
        return new AnswerFrame(status, isUsual ? null : response.ReasonPhrase, hasBody);
    }
}
