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
        Should.Throw<ArgumentOutOfRangeException>(() => JsonText.Write("abc"u8, new byte[5]));

    static string Write(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var json = new byte[JsonText.MaxLength(utf8.Length)];
        return Encoding.UTF8.GetString(json, 0, JsonText.Write(utf8, json));
    }
}
