using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Endpoint;

/// <summary>Tells when the first request has reached the app, when its client was seen to be gone, and when it has
/// ended.</summary>
internal sealed class RequestGauge : IStartupFilter
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Started => _started.Task;

    public Task Aborted => _aborted.Task;

    public Task Ended => _ended.Task;

    public void Watch(IServiceCollection services) => services.AddSingleton<IStartupFilter>(this);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(
                async (context, following) =>
                {
                    context.RequestAborted.Register(() => _aborted.TrySetResult());
                    _started.TrySetResult();
                    try
                    {
                        await following(context);
                    }
                    finally
                    {
                        _ended.TrySetResult();
                    }
                }
            );
            next(app);
        };
}
