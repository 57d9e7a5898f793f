using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tutti.Batching.Answering;

/// <summary>How answers are written.</summary>
internal static class AnswerJson
{
    /// <summary>Lean: what is written is right by construction, and JSON that is served as JSON needs no escapes for HTML.</summary>
    public static JsonWriterOptions Options { get; } = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
