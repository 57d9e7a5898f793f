using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Tutti.Gateway.Caching.Cluster.Invalidations;

/// <summary>
/// The form of an invalidation in the log: version, kind, softness, then its texts. Whatever a node does not understand it takes for
/// the invalidation of everything.
/// </summary>
internal static class InvalidationFormat
{
    const byte Version = 1;
    const int HeadLength = 3;
    const int LengthLength = 4;

    enum Kind : byte
    {
        Everything = 1,
        Part = 2,
        ParamValue = 3,
        Group = 4,
        Key = 5,
        Uri = 6,
        Ban = 7,
    }

    public static void Write(Invalidation invalidation, IBufferWriter<byte> writer)
    {
        var (kind, texts) = invalidation switch
        {
            Invalidation.Part part => (Kind.Part, [part.PartId]),
            Invalidation.ParamValue value => (Kind.ParamValue, [value.PartId, value.Param, value.Value]),
            Invalidation.Group group => (Kind.Group, [group.Origin, group.Name]),
            Invalidation.Key key => (Kind.Key, [key.PartId, key.Name]),
            Invalidation.Uri uri => (Kind.Uri, [uri.Hash.ToString("x8", CultureInfo.InvariantCulture)]),
            Invalidation.Ban ban => (Kind.Ban, [ban.Pattern]),
            _ => (Kind.Everything, Array.Empty<string>()),
        };
        writer.Write([Version, (byte)kind, invalidation.IsSoft ? (byte)1 : (byte)0]);
        foreach (var text in texts)
        {
            Write(text, writer);
        }
    }

    public static Invalidation Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadLength || bytes[0] != Version || bytes[2] > 1 || TextsOf(bytes[HeadLength..]) is not { } texts)
        {
            return new Invalidation.Everything();
        }

        var isSoft = bytes[2] == 1;
        return ((Kind)bytes[1], texts) switch
        {
            (Kind.Everything, []) => new Invalidation.Everything(isSoft),
            (Kind.Part, [var part]) => new Invalidation.Part(part, isSoft),
            (Kind.ParamValue, [var part, var param, var value]) => new Invalidation.ParamValue(part, param, value, isSoft),
            (Kind.Group, [var origin, var name]) => new Invalidation.Group(origin, name, isSoft),
            (Kind.Key, [var part, var name]) => new Invalidation.Key(part, name, isSoft),
            (Kind.Uri, [{ Length: 8 } text]) when uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hash) => new Invalidation.Uri(hash, isSoft),
            (Kind.Ban, [var pattern]) => new Invalidation.Ban(pattern, isSoft),
            _ => new Invalidation.Everything(),
        };
    }

    /// <summary>Texts are UTF-16: a value must arrive exactly as it is, even where it is no valid Unicode.</summary>
    static void Write(string text, IBufferWriter<byte> writer)
    {
        var bytes = MemoryMarshal.AsBytes(text.AsSpan());
        BinaryPrimitives.WriteInt32LittleEndian(writer.GetSpan(LengthLength), bytes.Length);
        writer.Advance(LengthLength);
        writer.Write(bytes);
    }

    static List<string>? TextsOf(ReadOnlySpan<byte> bytes)
    {
        var texts = new List<string>();
        while (bytes.Length >= LengthLength)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
            bytes = bytes[LengthLength..];
            if (length < 0 || length > bytes.Length || length % sizeof(char) != 0)
            {
                return null;
            }

            // Copied byte by byte, since nothing says that the text stands at an even address.
            texts.Add(string.Create(length / sizeof(char), bytes[..length], static (text, from) => from.CopyTo(MemoryMarshal.AsBytes(text))));
            bytes = bytes[length..];
        }

        return bytes.IsEmpty ? texts : null;
    }
}
