using McpFunctionApp.Hosting.Kestrel;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;

namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>The product as it is, on Kestrel at a free port of 127.0.0.1, with its whole log kept.</summary>
public sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestApp(WebApplication app, LogCollector log)
    {
        _app = app;
        Log = log;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Rpc = new RpcClient(Http);
    }

    public LogCollector Log { get; }

    public HttpClient Http { get; }

    public RpcClient Rpc { get; }

    public Uri Endpoint => new(Http.BaseAddress!, "/mcp");

    public IServiceProvider Services => _app.Services;

    /// <summary>The app in front of this form API, without submission unless the settings give a SubmitUrl.</summary>
    public static Task<TestApp> StartAsync(
        FakeFormApi api,
        TimeProvider? clock = null,
        Dictionary<string, string?>? settings = null,
        Action<IServiceCollection>? services = null
    ) => StartAsync(new Dictionary<string, string?>(settings ?? []) { ["Forms:0:Url"] = api.FormUrl }, clock, services);

    public static async Task<TestApp> StartAsync(
        Dictionary<string, string?> settings,
        TimeProvider? clock = null,
        Action<IServiceCollection>? services = null,
        string environment = "Production"
    )
    {
        var log = new LogCollector();
        var app = KestrelApp.Build(
            ["--environment", environment],
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["urls"] = "http://127.0.0.1:0" });
                builder.Configuration.AddInMemoryCollection(settings);
                builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace);
                builder.Logging.AddFilter(null, LogLevel.Trace);
                if (clock is not null)
                {
                    builder.Services.AddSingleton(clock);
                }

                services?.Invoke(builder.Services);
            }
        );
        await app.StartAsync();
        return new TestApp(app, log);
    }

    /// <summary>The official C# client, in the newest revision that both sides speak unless one is given.</summary>
    public Task<McpClient> ConnectAsync(string? token, string? revision = null)
    {
        var headers = new Dictionary<string, string>();
        if (token is not null)
        {
            headers["Authorization"] = $"Bearer {token}";
        }

        var transport = new HttpClientTransport(
            new HttpClientTransportOptions
            {
                Endpoint = Endpoint,
                TransportMode = HttpTransportMode.StreamableHttp,
                AdditionalHeaders = headers,
            }
        );
        return McpClient.CreateAsync(transport, new McpClientOptions { ProtocolVersion = revision });
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
