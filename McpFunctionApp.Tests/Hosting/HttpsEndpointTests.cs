using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using McpFunctionApp.Hosting.Kestrel;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Hosting;

public sealed class HttpsEndpointTests
{
    [Fact]
    public async Task A_certificate_in_the_settings_is_enough_to_listen_on_https()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1)
        );
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pkcs12));
        await using var app = KestrelApp.Build(
            [],
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Configuration.AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["Forms:0:Url"] = "https://forms.example/form",
                        ["Kestrel:Endpoints:Secure:Url"] = "https://127.0.0.1:0",
                        ["Kestrel:Endpoints:Secure:Certificate:Path"] = file,
                    }
                );
            }
        );
        await app.StartAsync();
        File.Delete(file);

        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == certificate.Thumbprint,
        };
        using var http = new HttpClient(handler) { BaseAddress = new Uri(app.Urls.First()) };
        using var health = await http.GetAsync(new Uri("/health", UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, "https"), (health.StatusCode, http.BaseAddress.Scheme));
        Assert.Contains("add", (await new RpcClient(http).ListAsync()).ToolNames);
    }
}
