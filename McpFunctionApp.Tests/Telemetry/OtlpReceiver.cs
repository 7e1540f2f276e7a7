using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Telemetry;

/// <summary>A real OTLP receiver on 127.0.0.1, by HTTP and protobuf: keeps what it is sent. By HTTP/2 it answers as gRPC
/// does.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();

    private OtlpReceiver(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public ConcurrentQueue<IHeaderDictionary> Headers { get; } = new();

    /// <summary>Settings with which the product sends here; the batches are sent at the stop, if not before.</summary>
    public Dictionary<string, string?> Settings =>
        new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Address, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" };

    /// <summary>Everything, as text: names and texts are in it as they are.</summary>
    public IEnumerable<string> Raw => _received.Select(one => Encoding.UTF8.GetString(one.Body));

    /// <summary>All but the log, which says what a client has made up.</summary>
    public IEnumerable<string> RawButLogs =>
        _received.Where(one => one.Path != "/v1/logs").Select(one => Encoding.UTF8.GetString(one.Body));

    public IEnumerable<string> Paths => _received.Select(one => one.Path);

    public IReadOnlyList<OtlpSpan> Spans =>
        [
            .. from body in Of("/v1/traces")
            from resource in body.Messages(1)
            from scope in resource.Messages(2)
            from span in scope.Messages(2)
            select OtlpSpan.Read(resource, scope, span),
        ];

    public IReadOnlyList<OtlpPoint> Points =>
        [
            .. from body in Of("/v1/metrics")
            from resource in body.Messages(1)
            from scope in resource.Messages(2)
            from metric in scope.Messages(2)
            from point in OtlpPoint.ReadAll(scope, metric)
            select point,
        ];

    public IReadOnlyList<OtlpLog> Logs =>
        [
            .. from body in Of("/v1/logs")
            from resource in body.Messages(1)
            from scope in resource.Messages(2)
            from line in scope.Messages(2)
            select OtlpLog.Read(resource, scope, line),
        ];

    public static async Task<OtlpReceiver> StartAsync(HttpProtocols protocols = HttpProtocols.Http1)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        builder.Logging.ClearProviders();
        var receiver = new OtlpReceiver(builder.Build());
        receiver._app.Run(receiver.HandleAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    private IEnumerable<Protobuf> Of(string path) =>
        _received.Where(one => one.Path == path).Select(one => new Protobuf(one.Body));

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Headers.Enqueue(new HeaderDictionary(context.Request.Headers.ToDictionary()));
        _received.Enqueue((context.Request.Path, body.ToArray()));
        if (context.Request.Protocol == HttpProtocol.Http2)
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[5]);
            context.Response.AppendTrailer("grpc-status", "0");
        }
    }
}
