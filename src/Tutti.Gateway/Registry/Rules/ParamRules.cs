using System.Buffers;

namespace Tutti.Gateway.Registry.Rules;

/// <summary>Params have names that can be sent, and no two have the same place.</summary>
internal static class ParamRules
{
    /// <summary>RFC 9110, 5.6.2.</summary>
    static readonly SearchValues<char> TokenChars = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The headers that steer the connection: who sets them can smuggle a request or choose its host.</summary>
    static readonly HashSet<string> ForbiddenHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "TE", "Trailer", "Expect", "Keep-Alive", "HTTP2-Settings",
    };

    public static void Check(PartConfig part, List<Fault> faults)
    {
        var places = new HashSet<(ParamKind, string)>();
        for (var i = 0; i < part.Params.Count; i++)
        {
            var param = part.Params[i];
            var field = $"params[{i}]";
            faults.Require(Enum.IsDefined(param.In), $"{field}.in", $"Must be {ParamKinds.All}");
            faults.Require(param.Name.Length > 0, $"{field}.name", "Must not be empty");
            faults.Require(param.InputName is not "", $"{field}.inputName", "Must not be empty; leave it out where it equals the name");
            faults.Require(!param.MultiSegment || param.In is ParamKind.Path, $"{field}.multiSegment", "Only a path param can have several segments");
            if (param.In is ParamKind.Header)
            {
                CheckHeader(param.Name, $"{field}.name", faults);
            }

            var place = param.In is ParamKind.Header ? param.Name.ToUpperInvariant() : param.Name;
            faults.Require(places.Add((param.In, place)), $"{field}.name", $"Another {ParamKinds.Name(param.In)} param has the name '{param.Name}' already");
        }
    }

    static void CheckHeader(string name, string field, List<Fault> faults)
    {
        faults.Require(!name.AsSpan().ContainsAnyExcept(TokenChars), field, "The name of a header holds only letters, digits and !#$%&'*+-.^_`|~");
        faults.Require(
            !ForbiddenHeaders.Contains(name) && !name.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase),
            field,
            $"The header {name} steers the connection and cannot be a param");
    }
}
