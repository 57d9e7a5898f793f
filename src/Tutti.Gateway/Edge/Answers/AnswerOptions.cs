using System.ComponentModel.DataAnnotations;

namespace Tutti.Gateway.Edge.Answers;

/// <summary>What becomes of answers on their way to clients: section <c>Tutti:Answers</c>.</summary>
internal sealed class AnswerOptions
{
    /// <summary>Whether answers that are not compressed yet are compressed for clients that ask for it.</summary>
    public bool Compress { get; set; }

    /// <summary>The smallest answer that is worth it, in bytes; of one that does not tell its length, nobody knows.</summary>
    [Range(1, 1_073_741_824)]
    public int MinCompressedBytes { get; set; } = 1_024;

    /// <summary>The media types that are compressed, <c>*</c> for any subtype; empty stands for JSON, XML, scripts and text but event streams.</summary>
    [Required]
    public string[] CompressedTypes { get; set; } = [];

    /// <summary>The fields of backends that clients never see; empty stands for those that tell which software runs there.</summary>
    [Required]
    public string[] RemovedHeaders { get; set; } = [];
}
