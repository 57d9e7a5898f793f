using System.Text;
using Tutti.Gateway.Caching.Rules.Structured;

namespace Tutti.Gateway.Tests.Caching.Rules;

/// <summary>RFC 9651: structured fields, read strictly.</summary>
public sealed class Rfc9651_StructuredFieldsTests
{
    [Theory]
    [InlineData("1", BareKind.Integer, 1, "")]
    [InlineData("-0", BareKind.Integer, 0, "")]
    [InlineData("007", BareKind.Integer, 7, "")]
    [InlineData("-999999999999999", BareKind.Integer, -999999999999999, "")]
    [InlineData(" 42 ", BareKind.Integer, 42, "")]
    [InlineData("1.5", BareKind.Decimal, 1500, "")]
    [InlineData("-1.25", BareKind.Decimal, -1250, "")]
    [InlineData("999999999999.999", BareKind.Decimal, 999999999999999, "")]
    [InlineData("\"\"", BareKind.String, 0, "")]
    [InlineData("\"a \\\" \\\\ b\"", BareKind.String, 0, "a \" \\ b")]
    [InlineData("a", BareKind.Token, 0, "a")]
    [InlineData("*a/b:c", BareKind.Token, 0, "*a/b:c")]
    [InlineData(":aGVsbG8=:", BareKind.Bytes, 0, "aGVsbG8=")]
    [InlineData(":aGVsbG8:", BareKind.Bytes, 0, "aGVsbG8=")]
    [InlineData("::", BareKind.Bytes, 0, "")]
    [InlineData("?1", BareKind.Boolean, 1, "")]
    [InlineData("?0", BareKind.Boolean, 0, "")]
    [InlineData("@1659578233", BareKind.Date, 1659578233, "")]
    [InlineData("@-5", BareKind.Date, -5, "")]
    [InlineData("%\"f%c3%bc%22\"", BareKind.DisplayString, 0, "fü\"")]
    public void Each_type_of_a_bare_item_is_read(string text, object kind, long number, string value) =>
        StructuredFields.Item(text).ShouldBe(new StructuredItem(new BareItem((BareKind)kind, number, value)));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("--1")]
    [InlineData("+1")]
    [InlineData("- 1")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1.2345")]
    [InlineData("1234567890123.0")]
    [InlineData("1234567890123456")]
    [InlineData("1e5")]
    [InlineData("1 2")]
    [InlineData("\"a")]
    [InlineData("\"a\\")]
    [InlineData("\"a\\n\"")]
    [InlineData("\"a\tb\"")]
    [InlineData("\"ü\"")]
    [InlineData("'a'")]
    [InlineData("a,b")]
    [InlineData("(a)")]
    [InlineData(":a")]
    [InlineData(":a:")]
    [InlineData(":a b:")]
    [InlineData(":-_:")]
    [InlineData("?")]
    [InlineData("?2")]
    [InlineData("?true")]
    [InlineData("@1.5")]
    [InlineData("@")]
    [InlineData("%a")]
    [InlineData("%\"%C3%BC\"")]
    [InlineData("%\"%c3\"")]
    [InlineData("%\"%c\"")]
    [InlineData("%\"ü\"")]
    [InlineData("%\"a")]
    [InlineData("a;")]
    [InlineData("a;B=1")]
    [InlineData("a;b=")]
    [InlineData("a ;b")]
    [InlineData("a; b ;c")]
    [InlineData("\ta")]
    public void What_is_no_item_is_none(string text) => StructuredFields.Item(text).ShouldBeNull();

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a,b", "a,b")]
    [InlineData("a \t,\t b", "a,b")]
    [InlineData("a;x;y=2, \"b\"", "a;x=1;y=2,b")]
    [InlineData("a;x=1;x=2", "a;x=2")]
    [InlineData("a;  x", "a;x=1")]
    [InlineData("(a b;x);y, ()", "(a b;x=1);y=1,()")]
    [InlineData("(  a   b  )", "(a b)")]
    public void A_list_is_read(string text, string read) => Write(StructuredFields.List(text)).ShouldBe(read);

    [Theory]
    [InlineData(",")]
    [InlineData("a,")]
    [InlineData("a, ")]
    [InlineData(",a")]
    [InlineData("a,,b")]
    [InlineData("a b")]
    [InlineData("(a")]
    [InlineData("(a,b)")]
    [InlineData("(a\tb)")]
    [InlineData("(\"a\"b)")]
    [InlineData("((a))")]
    [InlineData("a)")]
    [InlineData("a;=1")]
    public void A_list_that_is_wrong_in_one_place_is_wrong_as_a_whole(string text) => StructuredFields.List(text).ShouldBeNull();

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a=1")]
    [InlineData("a=1, b=c;x, d;y=2", "a=1,b=c;x=1,d=1;y=2")]
    [InlineData("a=1,b=2,a=3", "a=3,b=2")]
    [InlineData("*a=(b c)", "*a=(b c)")]
    [InlineData("a_-.*1=?1", "a_-.*1=1")]
    public void A_dictionary_is_read(string text, string read) =>
        string.Join(',', StructuredFields.Dictionary(text)!.Select(entry => $"{entry.Key}={Write(entry.Value)}")).ShouldBe(read);

    [Theory]
    [InlineData("A=1")]
    [InlineData("1=1")]
    [InlineData("a =1")]
    [InlineData("a= 1")]
    [InlineData("a=")]
    [InlineData("a=1,")]
    [InlineData("a=1 b=2")]
    [InlineData("=1")]
    [InlineData("a=1;")]
    public void A_dictionary_that_is_wrong_in_one_place_is_wrong_as_a_whole(string text) => StructuredFields.Dictionary(text).ShouldBeNull();

    [Fact]
    public void Lines_are_read_as_one_field_and_a_missing_field_is_none()
    {
        Write(StructuredFields.List(Wire.Fields("A: 1, 2 | a: 3"), "A")).ShouldBe("1,2,3");
        StructuredFields.List(Wire.Fields("B: 1"), "A").ShouldBeNull();
        StructuredFields.Dictionary(Wire.Fields("B: 1"), "A").ShouldBeNull();
    }

    [Fact]
    public void Numbers_and_bytes_have_their_values()
    {
        StructuredFields.Item("-1.25")!.Value.Value.Decimal.ShouldBe(-1.25m);
        Encoding.UTF8.GetString(StructuredFields.Item(":aGVsbG8=:")!.Value.Value.Bytes).ShouldBe("hello");
    }

    static string Write(IEnumerable<StructuredMember>? members) => string.Join(',', members!.Select(Write));

    static string Write(StructuredMember member) =>
        member.InnerList is { } inner ? $"({string.Join(' ', inner.Select(Write))}){Parameters(member.Item)}" : Write(member.Item);

    static string Write(StructuredItem item) => Bare(item.Value) + Parameters(item);

    static string Parameters(StructuredItem item) => string.Concat(item.Parameters?.Select(one => $";{one.Key}={Bare(one.Value)}") ?? []);

    static string Bare(BareItem item) => item.Text.Length > 0 ? item.Text : item.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
