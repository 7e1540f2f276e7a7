using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Telemetry;

/// <summary>Stands in for the ingestion endpoint of Azure Monitor on 127.0.0.1: takes everything, and keeps it.</summary>
internal sealed class IngestionReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2? _certificate;
    private readonly ConcurrentQueue<(string? Token, string Body)> _received = new();

    private IngestionReceiver(WebApplication app, X509Certificate2? certificate) => (_app, _certificate) = (app, certificate);

    public string Address => _app.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    public string ConnectionString => $"InstrumentationKey=00000000-0000-0000-0000-00000000cafe;IngestionEndpoint={Address}/";

    /// <summary>The certificate of one that speaks https, as a file that a process can be told to trust.</summary>
    public string CertificatePem => _certificate!.ExportCertificatePem();

    public IEnumerable<string?> Tokens => _received.Select(one => one.Token);

    public IEnumerable<string> Raw => _received.Select(one => one.Body);

    private IEnumerable<JsonNode> Items =>
        Raw.SelectMany(body => body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(line => JsonNode.Parse(line)!["data"]!);

    public static async Task<IngestionReceiver> StartAsync(bool https = false)
    {
        var certificate = https ? SelfSigned() : null;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel =>
                kestrel.Listen(
                    IPAddress.Loopback,
                    0,
                    listen =>
                    {
                        if (certificate is not null)
                        {
                            listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificate });
                        }
                    }
                )
            );
        builder.Logging.ClearProviders();
        var receiver = new IngestionReceiver(builder.Build(), certificate);
        receiver._app.Run(receiver.HandleAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>What has arrived of one kind, such as <c>RequestData</c>: the <c>baseData</c> of each.</summary>
    public IReadOnlyList<JsonNode> Of(string kind) =>
        [.. Items.Where(data => (string?)data["baseType"] == kind).Select(data => data["baseData"]!)];

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
        _certificate?.Dispose();
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private async Task HandleAsync(HttpContext context)
    {
        var isZipped = context.Request.Headers.ContentEncoding == "gzip";
        using var reader = new StreamReader(
            isZipped ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body
        );
        var body = await reader.ReadToEndAsync();
        _received.Enqueue((FakeFormApi.TokenOf(context), body));
        var count = body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        await FakeFormApi.Json(context, $$"""{"itemsReceived":{{count}},"itemsAccepted":{{count}},"errors":[]}""");
    }
}
