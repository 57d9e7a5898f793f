namespace Tutti.FunctionalTests.ProxyCache;

/// <summary>An answer as a client of the cache got it.</summary>
internal sealed record Told(int Status, string Body, Dictionary<string, string> Headers)
{
    public string? CacheStatus => this["Cache-Status"];

    public bool IsHit => CacheStatus?.Contains("; hit", StringComparison.Ordinal) is true;

    public string? this[string name] => Headers.GetValueOrDefault(name);

    public static async Task<Told> ReadAsync(HttpResponseMessage answer)
    {
        var headers = answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated)
            .ToDictionary(field => field.Key, field => string.Join(", ", field.Value), StringComparer.OrdinalIgnoreCase);
        return new Told((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), headers);
    }
}
