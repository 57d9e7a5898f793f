using CsCheck;
using Tutti.Gateway.Caching.Rules;
using Tutti.Gateway.Caching.Rules.Fields;
using Tutti.Gateway.Caching.Rules.Storing;

namespace Tutti.Gateway.Tests.Caching.Rules;

/// <summary>Compares the rules with the naive cache over headers of every kind, the malformed ones included.</summary>
public sealed class NaiveComparisonTests
{
    const int Cases = 10_000;

    static readonly Gen<(string, string)[]> NoLine = Gen.Const(Array.Empty<(string, string)>());

    static readonly Gen<string> Numbers = Gen.OneOf(
        Gen.Int[0, 120].Select(number => $"{number}"),
        Gen.OneOfConst("", "abc", "-1", "1.5", "\"30\"", "\"\"", "\"30", "030", "99999999999999999999", "2147483648", " 5", "5 5", "'5'", "\"3\\0\"", "5;x"));

    static readonly Gen<string> ResponseMembers = Gen.OneOf(
        Gen.Select(
            Gen.OneOfConst("max-age", "s-maxage", "MAX-AGE", "stale-while-revalidate", "stale-if-error", "max-age ", "max-ages"), Numbers,
            (name, number) => $"{name}={number}"),
        Gen.Select(Gen.OneOfConst("max-age", "max-age", "max-age", "s-maxage"), Gen.Int[0, 120], (name, number) => $"{name}={number}"),
        Gen.OneOfConst("public", "must-revalidate", "proxy-revalidate", "immutable", "must-understand", "Public", "max-age", "stale-if-error"),
        Gen.OneOfConst(
            "no-cache", "no-store", "private", "no-cache=\"A\"", "private=\"set-cookie, a\"",
            "no-cache=a", "private=\"\"", "no-cache = \"a\"", "private=\"a b\"", "no-cache=\"a"),
        Gen.OneOfConst(
            "", " ", "=", "\"", "x=\"max-age=5, no-store\"", "x=\"no-store",
            "x=\"\\\", no-store\"", "x=\"a\"b", "=no-store", "no-store=1", "\"no-store\"", "nostore"));

    static readonly Gen<string> RequestMembers = Gen.OneOf(
        Gen.Select(Gen.OneOfConst("max-age", "min-fresh", "max-stale", "stale-if-error"), Numbers, (name, number) => $"{name}={number}"),
        Gen.OneOfConst("no-cache", "no-store", "only-if-cached", "max-stale", "No-Cache", "no-transform", "x=\"no-cache\"", "min-fresh", ""));

    static readonly Gen<string> TargetedMembers = Gen.OneOf(
        Gen.Select(Gen.OneOfConst("max-age", "s-maxage", "stale-if-error", "stale-while-revalidate"), Gen.Int[-5, 120], (name, number) => $"{name}={number}"),
        Gen.OneOfConst("no-store", "private", "no-cache", "public", "must-revalidate", "must-understand", "none", "x;y=1", "no-store=?0"),
        Gen.OneOfConst(
            "no-cache=\"a\"", "private=\"set-cookie\"", "private=\"\"",
            "max-age=\"5\"", "max-age=5.5", "MAX-AGE=5", "max-age", "no-store=1", "x=", "&", "", "max-age=5;a=\"b,c\""));

    static readonly Gen<(string, string)[]> Response = Gen.Select(
        Lines("Cache-Control", ResponseMembers, 2),
        Gen.Frequency((5, NoLine), (1, Lines("CDN-Cache-Control", TargetedMembers, 1)), (1, Lines("Tutti-Cache-Control", TargetedMembers, 1))),
        Dates("Expires", "0", "-1", "", "Thu, 01 Jan 2030 00:00:00 UTC"),
        Dates("Date", "yesterday"),
        Maybe("Age", Gen.OneOfConst("0", "7", "30, 2", "x", "-3", "2.0", ", 9", "9999999999999")),
        Maybe("Last-Modified", Gen.OneOfConst(Wire.Date(-1000), "long ago")),
        Maybe("ETag", Gen.OneOfConst("\"a\"", "W/\"a\"", "a", "\"a", "\"a b\"")),
        Gen.Frequency((5, NoLine), (1, Gen.Const(new[] { ("Set-Cookie", "a=b") }))),
        (one, two, three, four, five, six, seven, eight) => new[] { one, two, three, four, five, six, seven, eight }.SelectMany(lines => lines).ToArray());

    static readonly Gen<(string, string)[]> Request = Gen.Select(
        Gen.Frequency((3, NoLine), (2, Lines("Cache-Control", RequestMembers, 2))),
        Gen.Frequency((4, NoLine), (1, Gen.Const(new[] { ("Authorization", "a") })), (1, Gen.Const(new[] { ("Pragma", "x, no-cache") }))),
        (one, two) => one.Concat(two).ToArray());

    static readonly Gen<int> Status = Gen.Frequency((8, Gen.Const(200)), (4, Gen.OneOfConst(206, 299, 302, 304, 404, 412, 500, 503, 599, 103)));

    [Fact]
    public void The_rules_say_what_the_naive_cache_says() => Gen.Select(Response, Request, Status, Gen.Long[0, 300]).Sample(
        (response, request, status, resident) => Difference(response, request, status, resident).ShouldBeNull(),
        iter: Cases,
        print: one => $"{one.Item3} {Show(one.Item1)} <- {Show(one.Item2)} after {one.Item4} s");

    [Fact]
    public void Every_answer_comes_up_often()
    {
        var answers = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        Gen.Select(Response, Request, Status, Gen.Long[0, 300]).Sample(
            (response, request, status, resident) =>
            {
                var naive = new NaiveCache(status, request, response, Wire.Now.UtcDateTime);
                answers.AddOrUpdate(naive.IsStored ? naive.Decide(resident) : "NotStored", 1, (_, count) => count + 1);
            },
            iter: Cases);

        string[] all = ["Fresh", "GatewayTimeout", "NotStored", "StaleAccepted", "StaleWhileRevalidate", "Validate", "ValidateOrStale"];
        answers.Keys.ShouldBe(all, ignoreOrder: true);
        answers.ShouldAllBe(answer => answer.Value > Cases / 5_000);
    }

    static string? Difference((string, string)[] response, (string, string)[] request, int status, long resident)
    {
        var naive = new NaiveCache(status, request, response, Wire.Now.UtcDateTime);
        var exchange = new CacheExchange
        {
            Method = "GET",
            Request = HeaderFields.Of(request),
            Status = status,
            Response = HeaderFields.Of(response),
            SentAt = Wire.Now,
            ReceivedAt = Wire.Now,
        };
        var verdict = StoreRules.Judge(exchange, RuleSettings.Parts);
        if (verdict.IsStored != naive.IsStored)
        {
            return $"stored: {verdict.Refusal?.ToString() ?? "yes"}, naive {naive.IsStored}";
        }

        return verdict.IsStored ? Difference(verdict.Policy, exchange, naive, resident) : null;
    }

    static string? Difference(StoredPolicy policy, CacheExchange exchange, NaiveCache naive, long resident)
    {
        var decision = ReuseRules.Judge(policy, CacheRequest.Of("GET", exchange.Request, RuleSettings.Parts), TimeSpan.FromSeconds(resident));
        var kept = StoredFields.Of(exchange.Response, Wire.Now, RuleSettings.Parts);
        return (policy.Lifetime == naive.Lifetime, policy.InitialAge == naive.InitialAge, decision.ToString() == naive.Decide(resident), kept.Has("Set-Cookie")) switch
        {
            (false, _, _, _) => $"lifetime {policy.Lifetime}, naive {naive.Lifetime}",
            (_, false, _, _) => $"initial age {policy.InitialAge}, naive {naive.InitialAge}",
            (_, _, false, _) => $"{decision}, naive {naive.Decide(resident)}",
            (_, _, _, true) => "a cookie is kept",
            _ => null,
        };
    }

    static Gen<(string, string)[]> Lines(string name, Gen<string> members, int most) =>
        Gen.Select(members.Array[0, 4], Gen.OneOfConst(",", ", ", " ,\t"), (all, comma) => (name, string.Join(comma, all))).Array[0, most];

    static Gen<(string, string)[]> Maybe(string name, Gen<string> values) => values.Select(value => (name, value)).Array[0, 1];

    static Gen<(string, string)[]> Dates(string name, params string[] bad) => Gen.Frequency(
        (3, NoLine),
        (3, Gen.Int[-100, 100].Select(seconds => new[] { (name, Wire.Date(seconds)) })),
        (1, Gen.OneOfConst(bad).Select(text => new[] { (name, text) })),
        (1, Gen.Int[0, 1].Array[2].Select(twice => twice.Select(seconds => (name, Wire.Date(seconds))).ToArray())));

    static string Show((string Name, string Value)[] lines) => string.Join(" | ", lines.Select(line => $"{line.Name}: {line.Value}"));
}
