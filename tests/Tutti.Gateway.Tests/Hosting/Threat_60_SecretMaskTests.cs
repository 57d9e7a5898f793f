using Tutti.Gateway.Hosting.Status;

namespace Tutti.Gateway.Tests.Hosting;

/// <summary>Secrets of the configuration are masked, and nothing else is.</summary>
public sealed class Threat_60_SecretMaskTests
{
    [Theory]
    [InlineData("Password", "x", "****")]
    [InlineData("ClientSecret", "x", "****")]
    [InlineData("api-key", "x", "****")]
    [InlineData("ApiKey", "x", "****")]
    [InlineData("AccessToken", "x", "****")]
    [InlineData("Authorization", "Basic eA==", "****")]
    [InlineData("Credentials", "x", "****")]
    [InlineData("ConnectionString", "Host=db;Password=p;Database=t", "Host=db;Password=****;Database=t")]
    [InlineData("ConnectionString", "Host=db;pwd = 'p;q' ;Database=t", "Host=db;pwd = **** ;Database=t")]
    [InlineData("ConnectionString", "Host=db;Password=\"p;\"\"q\";Database=t", "Host=db;Password=****;Database=t")]
    [InlineData("ConnectionString", "Host=db;SSL Password=p", "Host=db;SSL Password=****")]
    [InlineData("Redis", "cache:6379,password=p", "cache:6379,password=****")]
    [InlineData("ConnectionString", "cache:6379,user=u,password=p,ssl=true", "cache:6379,user=u,password=****")]
    [InlineData("ConnectionString", "cache:6379, password = p;q\"r,ssl=true", "cache:6379, password = ****")]
    [InlineData("ConnectionString", "password=\"p\"q;r,cache:6379", "password=****")]
    [InlineData("Url", "http://me:p@ss@host/x", "http://me:****@host/x")]
    [InlineData("Url", "http://host:80/x@y", "http://host:80/x@y")]
    [InlineData("Password", "", "")]
    [InlineData("Pool", "size", "size")]
    public void Threat_60_Secrets_are_masked(string key, string value, string shown) => SecretMask.Hide(key, value).ShouldBe(shown);
}
