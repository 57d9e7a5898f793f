using System.Text;
using Tutti.Gateway.Edge.Json;

namespace Tutti.Gateway.Tests.Edge;

/// <summary>RFC 8259, section by section, each document whole and byte by byte.</summary>
public sealed class JsonScanTests
{
    [Theory]
    // Section 2: the six structural characters, white space around them, and the three names.
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData(" \t\r\n[ \t\r\n] \t\r\n")]
    [InlineData("[null,true,false]")]
    [InlineData(" 1 ")]
    // Section 4: objects; names may stand twice and be empty.
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"\":0}")]
    [InlineData("{\"a\":{\"b\":[{}]}}")]
    [InlineData("{\"\\u0000\":1}")]
    [InlineData("{ \"a\" : 1 , \"b\" : [ ] }")]
    // Section 5: arrays.
    [InlineData("[1,\"a\",null,{},[]]")]
    [InlineData("[[[[[]]]]]")]
    // Section 6: numbers.
    [InlineData("[0]")]
    [InlineData("-0")]
    [InlineData("[-1]")]
    [InlineData("[123456789012345678901234567890]")]
    [InlineData("[1.5]")]
    [InlineData("[0.000000000000000000000000000000000000001]")]
    [InlineData("[1e5]")]
    [InlineData("[1E+5]")]
    [InlineData("[1e-5]")]
    [InlineData("[0e1]")]
    [InlineData("[-0.0e-0]")]
    [InlineData("[1e999999999]")]
    // Section 7: strings.
    [InlineData("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]")]
    [InlineData("[\"\\u00e9\\uABCD\\uabcd\"]")]
    [InlineData("[\"\\ud83d\\ude00\"]")]
    [InlineData("[\"\\ud800\"]")]
    [InlineData("[\"\\udc00\\ud800\"]")]
    [InlineData("[\"\\u0000\"]")]
    [InlineData("[\"\u007f\u2028\u2029\"]")]
    [InlineData("[\"\ud83d\ude00 \u00e9 \uffff\"]")]
    [InlineData("[\"/* no comment */ // none\"]")]
    public void Well_formed_is_let_through(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);

        Whole(bytes).ShouldBeNull();
        ByteByByte(bytes).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("[")]
    [InlineData("}")]
    [InlineData("]")]
    [InlineData("[}")]
    [InlineData("{]")]
    [InlineData("[1]]")]
    [InlineData("{}}")]
    [InlineData("{}{}")]
    [InlineData("[][]")]
    [InlineData("1 2")]
    [InlineData("{}#")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("[1,,2]")]
    [InlineData("[,]")]
    [InlineData("[1 2]")]
    [InlineData("[1:2]")]
    [InlineData("[1")]
    [InlineData("[1,")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{,\"a\":1}")]
    [InlineData("{\"a\":1,,\"b\":2}")]
    [InlineData("{a:1}")]
    [InlineData("{'a':1}")]
    [InlineData("{1:1}")]
    [InlineData("{null:1}")]
    [InlineData("{\"a\":1 \"b\":2}")]
    [InlineData("{\"a\"::1}")]
    [InlineData("{\"a\":1:2}")]
    [InlineData("{\"a\",1}")]
    [InlineData("[01]")]
    [InlineData("[-01]")]
    [InlineData("[00]")]
    [InlineData("[1.]")]
    [InlineData("[.1]")]
    [InlineData("[-.1]")]
    [InlineData("[-]")]
    [InlineData("[+1]")]
    [InlineData("[--1]")]
    [InlineData("[1e]")]
    [InlineData("[1e+]")]
    [InlineData("[1.e1]")]
    [InlineData("[0x1]")]
    [InlineData("[1_000]")]
    [InlineData("[1a]")]
    [InlineData("[- 1]")]
    [InlineData("[1 000]")]
    [InlineData("[NaN]")]
    [InlineData("[Infinity]")]
    [InlineData("[-Infinity]")]
    [InlineData("[\uff11]")]
    [InlineData("-")]
    [InlineData("1.")]
    [InlineData("tru")]
    [InlineData("True")]
    [InlineData("nul")]
    [InlineData("nulll")]
    [InlineData("undefined")]
    [InlineData("\"")]
    [InlineData("\"abc")]
    [InlineData("'abc'")]
    [InlineData("[\"\\x00\"]")]
    [InlineData("[\"\\a\"]")]
    [InlineData("[\"\\\"]")]
    [InlineData("[\"\\u12\"]")]
    [InlineData("[\"\\u123g\"]")]
    [InlineData("[\"\\ud83d\\u\"]")]
    [InlineData("[\"\\U0001\"]")]
    [InlineData("[\"a\u0000\"]")]
    [InlineData("[\"a\u001f\"]")]
    [InlineData("[\"a\tb\"]")]
    [InlineData("[\"a\nb\"]")]
    [InlineData("[\u000b1]")]
    [InlineData("[\u000c]")]
    [InlineData("[\u00a0]")]
    [InlineData("[\u2060]")]
    [InlineData("\u0000")]
    [InlineData("[1]\u0000")]
    [InlineData("/* a */ 1")]
    [InlineData("[1] // a")]
    [InlineData("[1]/")]
    [InlineData("\ufeff{}")]
    [InlineData("<html>")]
    [InlineData("a=b")]
    [InlineData("[\"a\"")]
    [InlineData("\u00e9")]
    [InlineData("\\u005b]")]
    public void Anything_else_is_refused(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);

        Whole(bytes).ShouldNotBeNull();
        ByteByByte(bytes).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("22FF22")]
    [InlineData("22C0AF22")]
    [InlineData("22E0FF22")]
    [InlineData("22EDA08022")]
    [InlineData("22F4BFBFBF22")]
    [InlineData("22F8888080808022")]
    [InlineData("22E28222")]
    [InlineData("2281")]
    [InlineData("228122")]
    [InlineData("FE")]
    [InlineData("EFBB7B7D")]
    [InlineData("EFBBBF")]
    [InlineData("FFFE7B007D00")]
    [InlineData("7B007D00")]
    [InlineData("007B007D")]
    [InlineData("7B22FF223A317D")]
    public void Bytes_that_are_no_UTF_8_are_refused(string hex)
    {
        var bytes = Convert.FromHexString(hex);

        Whole(bytes).ShouldNotBeNull();
        ByteByByte(bytes).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("{}x", 1, 3)]
    [InlineData("{\n  \"a\": 1,\n  \"b\": tru\n}", 3, 11)]
    [InlineData("", 1, 1)]
    [InlineData("\ufeff{}", 1, 1)]
    [InlineData("[1,\r\n]", 2, 1)]
    public void The_fault_tells_its_line_and_byte(string json, int line, int at)
    {
        var bytes = Encoding.UTF8.GetBytes(json);

        var fault = Whole(bytes)!;

        (fault.Line, fault.Byte).ShouldBe((line, at));
        fault.Why.ShouldNotContain("LineNumber");
        ByteByByte(bytes)!.Line.ShouldBe(line);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_told_by_their_place()
    {
        var fault = Whole([.. "[\n \"é\","u8, (byte)'"', 0xFF, (byte)'"', (byte)']'])!;

        (fault.Line, fault.Byte, fault.Why).ShouldBe((2, 8, "It is not UTF-8"));
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Nesting_has_its_bound(int depth, bool isGood) =>
        (Whole(Encoding.UTF8.GetBytes($"{new string('[', depth)}{new string(']', depth)}")) is null).ShouldBe(isGood);

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void Threat_14_a_hundred_thousand_levels_are_refused(string level) =>
        Whole(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(level, 100_000)))).ShouldNotBeNull();

    [Fact]
    public void Threat_14_one_long_text_byte_by_byte_is_not_read_as_often_as_it_has_bytes()
    {
        // Read anew at each byte it would be half a million times half a megabyte.
        var bytes = Encoding.UTF8.GetBytes($"\"{new string('a', 1_000_000)}\"");

        ByteByByte(bytes).ShouldBeNull();
    }

    static JsonFault? Whole(byte[] bytes) => new JsonScan(64).Read(bytes, isWhole: true);

    static JsonFault? ByteByByte(byte[] bytes)
    {
        var scan = new JsonScan(64);
        for (var i = 1; i <= bytes.Length; i++)
        {
            if (scan.Read(bytes.AsSpan(0, i), isWhole: false) is { } early)
            {
                return early;
            }
        }

        return scan.Read(bytes, isWhole: true);
    }
}
