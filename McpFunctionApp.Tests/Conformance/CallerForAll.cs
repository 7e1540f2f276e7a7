using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Conformance;

/// <summary>Gives every request a bearer token: the suite has no option that would send one.</summary>
internal sealed class CallerForAll(string token) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(
                (context, rest) =>
                {
                    context.Request.Headers.Authorization = $"Bearer {token}";
                    return rest(context);
                }
            );
            next(app);
        };
}

internal static class CallerForAllExtensions
{
    public static void SendWithEveryRequest(this IServiceCollection services, string? token)
    {
        if (token is not null)
        {
            services.AddSingleton<IStartupFilter>(new CallerForAll(token));
        }
    }
}
