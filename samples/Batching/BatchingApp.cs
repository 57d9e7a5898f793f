using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Tutti.Batching;

namespace Tutti.Samples.Batching;

/// <summary>An app as they are: minimal APIs, a controller, authentication, rate limits, scoped services. Two of its lines are for batches.</summary>
public static class BatchingApp
{
    /// <summary>The policy that allows three requests a minute and caller.</summary>
    public const string Three = "three";

    public static WebApplication Create(params string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddTuttiBatching(); // the first
        builder.Services.AddControllers().AddApplicationPart(typeof(BatchingApp).Assembly);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<Basket>();
        builder.Services.AddSingleton<Orders>();
        builder.Services.AddAuthentication(TokenHandler.Key).AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenHandler.Key, null);
        builder.Services.AddAuthorization();
        builder.Services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(Three, context => RateLimitPartition.GetFixedWindowLimiter(
                string.Create(CultureInfo.InvariantCulture, $"{context.Connection.RemoteIpAddress} {context.User.Identity?.Name}"),
                _ => new FixedWindowRateLimiterOptions { PermitLimit = 3, Window = TimeSpan.FromMinutes(1) }));
        });

        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.MapTuttiBatch("/batch"); // the second
        app.MapControllers();
        app.MapShop();
        return app;
    }
}
