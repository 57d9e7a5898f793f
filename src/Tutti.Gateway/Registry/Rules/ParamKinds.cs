namespace Tutti.Gateway.Registry.Rules;

/// <summary>The names of the kinds of params, as JSON and the database write them.</summary>
internal static class ParamKinds
{
    public const string All = "query, path, header, cookie or body";

    public static string Name(ParamKind kind) => kind switch
    {
        ParamKind.Query => "query",
        ParamKind.Path => "path",
        ParamKind.Header => "header",
        ParamKind.Cookie => "cookie",
        ParamKind.Body => "body",
    };

    /// <summary>The kind of that name, or null if there is none.</summary>
    public static ParamKind? Find(string name) => name switch
    {
        "query" => ParamKind.Query,
        "path" => ParamKind.Path,
        "header" => ParamKind.Header,
        "cookie" => ParamKind.Cookie,
        "body" => ParamKind.Body,
        _ => null,
    };
}
