using CsCheck;
using Tutti.Contracts.Aggregation;
using Tutti.Gateway.Caching.Entries;
using Tutti.Gateway.Calls;
using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Tests.Caching.Entries;

public sealed class AnswerKeyTests
{
    static readonly PartModel Part = Some.Model(
        Some.Part("http://backend.test/", Some.Param(ParamKind.Query, "a"), Some.Param(ParamKind.Query, "b")));

    static readonly Gen<(string, string)[]> Values =
        Gen.Select(Gen.OneOfConst("a", "b"), Gen.String[Gen.OneOfConst('a', 'b', '|', '\0', '\u0001', 'é'), 0, 3]).Array[0, 4];

    [Fact]
    public void Threat_34_No_value_can_look_like_two()
    {
        Key(("a", "x"), ("b", "y")).ShouldNotBe(Key(("a", "xb"), ("b", "")));
        Key(("a", "1"), ("a", "2")).ShouldNotBe(Key(("a", "2"), ("a", "1")));
        Key(("a", "1|2")).ShouldNotBe(Key(("a", "1"), ("a", "2")));
        Key(("a", "")).ShouldNotBe(Key());
    }

    [Fact]
    public void Threat_34_Keys_are_equal_where_the_values_of_each_param_are_and_nowhere_else() =>
        Gen.Select(Values, Values).Sample((one, other) => Key(one) == Key(other) == (Of(one, "a") == Of(other, "a") && Of(one, "b") == Of(other, "b")));

    [Fact]
    public void What_a_key_holds_can_be_read_again() => Values.Sample(given =>
    {
        var read = new List<(string, string)>();
        for (var values = new KeyValues(Convert.FromHexString(Key(given))); values.Next();)
        {
            read.Add((Part.Params[values.Param].Name, values.Value));
        }

        return read.SequenceEqual(given.OrderBy(value => value.Item1, StringComparer.Ordinal));
    });

    [Fact]
    public void A_long_value_needs_no_room_on_the_stack() => Key(("a", new string('x', 10_000))).Length.ShouldBeGreaterThan(20_000);

    static string Of((string Name, string Value)[] values, string name) =>
        string.Join('\n', values.Where(value => value.Name == name).Select(value => $"{value.Value.Length}:{value.Value}"));

    static string Key(params (string Name, string Value)[] values)
    {
        var key = new AnswerKey(stackalloc byte[16]);
        key.Write(Part, new ParamValues(Part, Some.Meta(), [.. values.Select(value => new PartRequestParam(value.Name, value.Value))]));
        var hex = Convert.ToHexString(key.Bytes);
        key.Dispose();
        return hex;
    }
}
