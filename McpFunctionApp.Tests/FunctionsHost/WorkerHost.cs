using System.Text;
using McpFunctionApp.Tests.FunctionsHost.Protocol;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.FunctionsHost;

/// <summary>
/// Stands in for the Functions host: starts the real worker as Azure does, over the real protocol, and serves its functions
/// over HTTP on a free port of 127.0.0.1. It has no schedules, bindings or storage of its own.
/// </summary>
internal sealed class WorkerHost : IAsyncDisposable
{
    private readonly IReadOnlyDictionary<string, string?> _settings;
    private readonly HttpFront _front;
    private Task<Worker> _worker;

    private WorkerHost(IReadOnlyDictionary<string, string?> settings)
    {
        _settings = settings;
        _worker = Worker.StartAsync(settings, Log);
        _front = new HttpFront(() => _worker);
    }

    /// <summary>What all workers of this host have said.</summary>
    public WorkerLog Log { get; } = new();

    public HttpClient Http { get; private set; } = null!;

    public RpcClient Rpc { get; private set; } = null!;

    public Uri Endpoint => new(_front.Address, "/mcp");

    public IReadOnlyList<FunctionExecution> Executions => _front.Executions;

    /// <param name="settings">The app settings, which the worker finds in its environment.</param>
    public static async Task<WorkerHost> StartAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var host = new WorkerHost(settings);
        await host._front.StartAsync((await host._worker).Functions);
        host.Http = new HttpClient { BaseAddress = host._front.Address };
        host.Rpc = new RpcClient(host.Http);
        return host;
    }

    public async Task<IReadOnlyList<IndexedFunction>> FunctionsAsync() => (await _worker).Functions;

    /// <summary>Whether the host leaves it to the worker to send the worker's own lines.</summary>
    public async Task<bool> LeavesLinesToWorkerAsync() =>
        (await _worker).Capabilities.GetValueOrDefault("WorkerOpenTelemetryEnabled") == bool.TrueString;

    public async Task<WorkerProcess> ProcessAsync() => (await _worker).Process;

    /// <summary>Where the worker takes HTTP requests, which only the host may call.</summary>
    public async Task<Uri> WorkerAddressAsync() => (await _worker).Http;

    /// <summary>Fires a timer and waits until its function has run.</summary>
    public async Task<StatusResult> FireAsync(string name)
    {
        var worker = await _worker;
        var timer = worker.Functions.Single(function => function.Name == name);
        return await worker.InvokeAsync(Invocation.OfTimer(timer), CancellationToken.None);
    }

    /// <summary>Ends the worker as a crash would; the host starts another, and requests wait for it.</summary>
    public async Task CrashWorkerAsync()
    {
        var worker = await _worker;
        worker.Process.Kill();
        await worker.Process.Exited;
        await worker.DisposeAsync();
        _worker = Worker.StartAsync(_settings, Log);
    }

    /// <summary>Invokes an HTTP function whose client goes away before its request has reached the worker.</summary>
    public async Task<StatusResult> AbandonAsync(string name)
    {
        var worker = await _worker;
        return await worker.AbandonAsync(Invocation.OfAbandoned(worker.Functions.Single(function => function.Name == name)));
    }

    /// <summary>A list that its caller may give up.</summary>
    public async Task ListAsync(string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", Encoding.UTF8, "application/json"),
            Headers = { { "Accept", "application/json, text/event-stream" }, { "Authorization", $"Bearer {token}" } },
        };
        using var answer = await Http.SendAsync(request, cancellationToken);
    }

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        string? key = null,
        string? token = null,
        CancellationToken cancellationToken = default
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (key is not null)
        {
            request.Headers.Add(HostKeys.Header, key);
        }

        if (token is not null)
        {
            request.Headers.Add("Authorization", $"Bearer {token}");
        }

        return await Http.SendAsync(request, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        await _front.DisposeAsync();
        await (await _worker).DisposeAsync();
    }
}
