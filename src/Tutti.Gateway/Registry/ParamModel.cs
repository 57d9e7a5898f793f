namespace Tutti.Gateway.Registry;

/// <summary>A param compiled for filling.</summary>
internal sealed class ParamModel(ParamConfig config)
{
    public ParamConfig Config { get; } = config;

    public ParamKind In { get; } = config.In;

    public string Name { get; } = config.Name;

    public string InputName { get; } = config.InputName ?? config.Name;

    /// <summary>The name as it stands in a query string.</summary>
    public string EscapedName { get; } = Uri.EscapeDataString(config.Name);

    /// <summary>The field of the request's meta that fills it, if its input name says so.</summary>
    public MetaField Meta { get; } = (config.InputName ?? config.Name) switch
    {
        "meta.serviceId" => MetaField.ServiceId,
        "meta.userId" => MetaField.UserId,
        "meta.sessionId" => MetaField.SessionId,
        "meta.requestUrl" => MetaField.RequestUrl,
        "meta.userAgent" => MetaField.UserAgent,
        _ => MetaField.None,
    };
}
