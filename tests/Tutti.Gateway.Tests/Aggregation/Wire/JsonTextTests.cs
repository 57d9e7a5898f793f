using System.Text;
using System.Text.Json;
using CsCheck;
using Tutti.Gateway.Aggregation.Wire;

namespace Tutti.Gateway.Tests.Aggregation.Wire;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("plain", "\"plain\"")]
    [InlineData("longer than eight bytes", "\"longer than eight bytes\"")]
    [InlineData("{\"a\":\"b\"}", "\"{\\\"a\\\":\\\"b\\\"}\"")]
    [InlineData("\"\"\"\"\"\"\"\"\\\\\\\\", "\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\\\\\\\\\\\\\\\"")]
    [InlineData("\n\r\t\b\f\0\u001f", "\"\\n\\r\\t\\b\\f\\u0000\\u001f\"")]
    [InlineData("Käse, 乾酪, \ud83e\uddc0 and \u007f", "\"Käse, 乾酪, \ud83e\uddc0 and \u007f\"")]
    public void What_must_be_is_escaped_and_nothing_else(string text, string json) => Write(text).ShouldBe(json);

    [Fact]
    public void Any_text_reads_back_as_it_was() =>
        Gen.String[Gen.Frequency((4, Gen.Char['a', 'z']), (2, Gen.OneOfConst('"', '\\')), (1, Gen.Char['\0', '\u001f']), (1, Gen.Char['\u0080', '\u2fff'])), 0, 200]
            .Sample(text => JsonSerializer.Deserialize<string>(Write(text)) == text);

    [Fact]
    public void Each_byte_keeps_its_place_beside_each_other_one()
    {
        for (var first = 0; first < 128; first++)
        {
            for (var second = 0; second < 128; second++)
            {
                var text = $"{(char)first}{(char)second}123456{(char)second}";
                JsonSerializer.Deserialize<string>(Write(text)).ShouldBe(text);
            }
        }
    }

    [Fact]
    public void A_target_that_may_be_too_small_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => JsonText.Escape("abc"u8, new byte[5]));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1023)]
    public void A_text_may_be_cut_anywhere(int length)
    {
        var utf8 = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("é\"乾\n", 400)));
        using var answer = new AnswerBuffer(16);
        answer.Json("\""u8);
        foreach (var piece in utf8.Chunk(length))
        {
            var json = new byte[JsonText.MaxLength(piece.Length)];
            answer.Json(json.AsSpan(0, JsonText.Escape(piece, json)));
        }

        answer.Json("\""u8);
        JsonSerializer.Deserialize<string>(answer.Written).ShouldBe(Encoding.UTF8.GetString(utf8));
    }

    static string Write(string text)
    {
        using var answer = new AnswerBuffer(0);
        answer.Text(Encoding.UTF8.GetBytes(text));
        answer.Text(text);
        var json = Encoding.UTF8.GetString(answer.Written);
        json[..(json.Length / 2)].ShouldBe(json[(json.Length / 2)..]);
        return json[..(json.Length / 2)];
    }
}
