using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace McpFunctionApp.Sample;

/// <summary>A small form API with three personas, so that local runs and tests need no outside service.</summary>
public static class SampleFormApi
{
    public static IServiceCollection AddSampleFormApi(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SampleForms>();
        services.AddSingleton<SampleSubmissions>();
        services.AddSingleton<SampleModeSwitch>();
        services.AddSingleton<SampleGate>();
        services.AddSingleton<SampleFormEndpoint>();
        services.AddSingleton<SampleRequestsEndpoint>();
        services.AddSingleton<SampleAccessEndpoint>();
        services.AddSingleton<SampleModeEndpoint>();
        return services;
    }

    public static IEndpointRouteBuilder MapSampleFormApi(this IEndpointRouteBuilder routes)
    {
        var gate = routes.ServiceProvider.GetRequiredService<SampleGate>();
        var form = routes.ServiceProvider.GetRequiredService<SampleFormEndpoint>();
        var requests = routes.ServiceProvider.GetRequiredService<SampleRequestsEndpoint>();
        var access = routes.ServiceProvider.GetRequiredService<SampleAccessEndpoint>();
        var mode = routes.ServiceProvider.GetRequiredService<SampleModeEndpoint>();

        routes.MapGet("/sample/form", gate.Guard(form.GetAsync));
        routes.MapGet("/sample/change", gate.Guard(form.GetChangeAsync));
        routes.MapGet("/sample/requests", gate.Guard(requests.GetAsync));
        routes.MapPost("/sample/requests", gate.Guard(requests.PostAsync));
        routes.MapPost("/sample/changes", gate.Guard(requests.PostChangeAsync));
        routes.MapGet("/sample/access/{catalog}/questions", gate.Guard(access.GetAsync));
        routes.MapPost("/sample/access/{catalog}/requests", gate.Guard(access.PostAsync));

        // The switch stays outside the gate: a mode must never lock out the way back to normal.
        routes.MapGet("/sample/mode", mode.GetAsync);
        routes.MapPut("/sample/mode/{mode}", mode.PutAsync);
        return routes;
    }
}
