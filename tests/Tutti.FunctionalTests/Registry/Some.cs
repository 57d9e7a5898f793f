namespace Tutti.FunctionalTests.Registry;

/// <summary>Valid entries for throwing away.</summary>
internal static class Some
{
    public static string Part(string id, string more = "") =>
        $$"""{"partId":"{{id}}","owner":"me","uri":"http://backend/{{Uri.EscapeDataString(id)}}","pool":"p","cacheTtl":0{{more}}}""";

    /// <summary>A part that uses every setting.</summary>
    public static string FullPart(string id) => $$$"""
        {"partId":"{{{id}}}","owner":"me","description":"all of it","method":"post","uri":"https://backend:8443/a/${seg}?x=1",
         "params":[{"name":"seg","inputName":"in","in":"path","description":"d","required":true,"versioned":true,"multiSegment":true,"cacheGroups":["g"]},
                   {"name":"X-User","inputName":"meta.userId","in":"header"},{"name":"b","in":"body"}],
         "timeout":1234,"pool":"p",
         "circuit":{"key":"{{{id}}}-circuit","group":"cg","countServerErrors":true,"failureRatio":0.25,"minimumCalls":7,"window":20000,"break":3000},
         "backend":{"maxConnections":3,"connectTimeout":11,"readTimeout":22,"defaultCharset":"Shift_JIS","proxy":"proxy:8080","httpVersion":"1.1",
                    "verifyTls":false,"followRedirects":2,"maxBodyBytes":99},
         "retries":{"attempts":2,"delay":75},"hedgeAfter":40,"additionalValidStatuses":[404,410],"deprecatedInFavourOf":"other","cacheTtl":60000,
         "cacheGroups":["g"],"localContents":{"enabled":true,"asFallback":true,"contents":"日本語"},
         "alerts":{"enabled":true,"absoluteThreshold":5,"percentThreshold":12.5,"interval":60000,"recipients":"a@example.org"}}
        """;
}
