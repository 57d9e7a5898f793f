namespace Tutti.Gateway.Registry;

/// <summary>The fields of a request's meta that can fill a param.</summary>
internal enum MetaField
{
    None,
    ServiceId,
    UserId,
    SessionId,
    RequestUrl,
    UserAgent,
}
