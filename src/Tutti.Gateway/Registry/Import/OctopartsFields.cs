using System.Text.RegularExpressions;

namespace Tutti.Gateway.Registry.Import;

/// <summary>Says which field of Octoparts' form a field of a part came from, so that faults name what the file holds.</summary>
internal static partial class OctopartsFields
{
    static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["uri"] = "uriToInterpolate",
        ["timeout"] = "hystrixConfig.timeout",
        ["pool"] = "hystrixConfig.threadPoolConfig.threadPoolKey",
        ["circuit.key"] = "hystrixConfig.commandKey",
        ["circuit.group"] = "hystrixConfig.commandGroupKey",
        ["circuit.countServerErrors"] = "tutti.countServerErrors",
        ["circuit.failureRatio"] = "tutti.failureRatio",
        ["circuit.minimumCalls"] = "tutti.minimumCalls",
        ["circuit.window"] = "tutti.circuitWindow",
        ["circuit.break"] = "tutti.circuitBreak",
        ["retries.attempts"] = "tutti.retries",
        ["retries.delay"] = "tutti.retryDelay",
        ["hedgeAfter"] = "tutti.hedgeAfter",
        ["backend.maxConnections"] = "httpPoolSize",
        ["backend.connectTimeout"] = "httpConnectionTimeout",
        ["backend.readTimeout"] = "httpSocketTimeout",
        ["backend.defaultCharset"] = "httpDefaultEncoding",
        ["backend.proxy"] = "httpProxy",
        ["backend.verifyTls"] = "tutti.verifyTls",
        ["backend.httpVersion"] = "tutti.httpVersion",
        ["backend.followRedirects"] = "tutti.followRedirects",
        ["backend.maxBodyBytes"] = "tutti.maxBodyBytes",
        ["localContents.enabled"] = "localContentsEnabled",
        ["localContents.asFallback"] = "hystrixConfig.localContentsAsFallback",
        ["localContents.contents"] = "localContents",
        ["alerts.enabled"] = "alertMailSettings.alertMailsEnabled",
        ["alerts.absoluteThreshold"] = "alertMailSettings.alertAbsoluteThreshold",
        ["alerts.percentThreshold"] = "alertMailSettings.alertPercentThreshold",
        ["alerts.interval"] = "alertMailSettings.alertInterval",
        ["alerts.recipients"] = "alertMailSettings.alertMailRecipients",
    };

    static readonly Dictionary<string, string> ParamNames = new(StringComparer.Ordinal)
    {
        ["name"] = "outputName",
        ["inputName"] = "inputNameOverride",
        ["in"] = "paramType",
    };

    public static string Of(string field)
    {
        if (Param().Match(field) is not { Success: true } match)
        {
            return Names.GetValueOrDefault(field, field);
        }

        var name = match.Groups["name"].Value;
        return $"parameters[{match.Groups["index"].Value}].{ParamNames.GetValueOrDefault(name, name)}";
    }

    [GeneratedRegex(@"^params\[(?<index>\d+)\]\.(?<name>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Param();
}
