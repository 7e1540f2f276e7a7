using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>
/// The app with every answer and its whole log kept, the web server's own lines included. At its end none of them may
/// hold a part of any token that a request carried.
/// </summary>
public sealed class WatchedApp : IAsyncDisposable
{
    private readonly TestApp _app;
    private readonly Keeper _keeper = new();

    private WatchedApp(TestApp app)
    {
        _app = app;
        Http = new HttpClient(_keeper) { BaseAddress = app.Http.BaseAddress };
        Rpc = new RpcClient(Http);
    }

    public HttpClient Http { get; }

    public RpcClient Rpc { get; }

    public LogCollector Log => _app.Log;

    public IServiceProvider Services => _app.Services;

    public static Task<WatchedApp> StartAsync(
        FakeFormApi api,
        TimeProvider? clock = null,
        Dictionary<string, string?>? settings = null,
        Action<IServiceCollection>? services = null
    ) => StartAsync(new Dictionary<string, string?> { ["Forms:0:Url"] = api.FormUrl }, clock, settings, services);

    /// <summary>The app in front of this form API, which also takes the submissions.</summary>
    public static Task<WatchedApp> StartSubmittingAsync(
        FakeFormApi api,
        TimeProvider? clock = null,
        Dictionary<string, string?>? settings = null
    ) =>
        StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = api.FormUrl, ["Forms:0:SubmitUrl"] = api.SubmitUrl },
            clock,
            settings
        );

    public static async Task<WatchedApp> StartAsync(
        Dictionary<string, string?> forms,
        TimeProvider? clock = null,
        Dictionary<string, string?>? settings = null,
        Action<IServiceCollection>? services = null
    )
    {
        var all = new Dictionary<string, string?>(forms) { ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace" };
        foreach (var (name, value) in settings ?? [])
        {
            all[name] = value;
        }

        return new WatchedApp(await TestApp.StartAsync(all, clock, services));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        TokenLeaks.AssertNone([.. Log.Lines.Select(line => line.Text), .. _keeper.Answers], _keeper.Tokens.Distinct());
    }

    private sealed class Keeper() : DelegatingHandler(new SocketsHttpHandler())
    {
        public ConcurrentQueue<string> Answers { get; } = new();

        public ConcurrentQueue<string> Tokens { get; } = new();

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            if (request.Headers.Authorization?.Parameter is { } token)
            {
                Tokens.Enqueue(token);
            }

            var response = await base.SendAsync(request, cancellationToken);
            Answers.Enqueue(response.Headers.ToString());
            Answers.Enqueue(await response.Content.ReadAsStringAsync(cancellationToken));
            return response;
        }
    }
}
