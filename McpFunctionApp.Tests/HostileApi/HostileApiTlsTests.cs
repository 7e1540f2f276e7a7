using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.HostileApi;

/// <summary>A form API that cannot prove who it is gets no token.</summary>
public sealed class HostileApiTlsTests
{
    [Fact]
    public async Task A_self_signed_certificate_is_not_trusted_and_no_request_is_sent()
    {
        var requests = 0;
        await using var api = await StartAsync(context =>
        {
            Interlocked.Increment(ref requests);
            return FakeFormApi.Json(context, Given.Form);
        });
        await using var app = await HostileApiApp.StartAsync($"{api.Urls.First()}/form");
        await HostileApiApp.AssertFallsBackAsync(app, "unavailable", "no trusted TLS connection could be made");
        Assert.Equal(0, requests);
    }

    [Fact]
    public async Task A_submission_to_an_untrusted_server_is_not_sent_and_says_so()
    {
        var requests = 0;
        await using var form = await FakeFormApi.StartAsync();
        form.ServeFields(Given.Fields);
        await using var api = await StartAsync(context =>
        {
            Interlocked.Increment(ref requests);
            return FakeFormApi.Json(context, """{"id":1}""");
        });
        await using var app = await HostileApiApp.StartAsync(form.FormUrl, $"{api.Urls.First()}/requests");
        var call = await app.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        Assert.Equal("submission_failed", call.ErrorCode);
        Assert.Contains("Nothing was sent", call.Text, StringComparison.Ordinal);
        Assert.Contains("no trusted TLS connection could be made", call.Text, StringComparison.Ordinal);
        Assert.Equal(0, requests);
    }

    [Fact]
    public async Task A_server_without_TLS_at_an_https_address_is_sent_nothing()
    {
        await using var api = new RawApi(async connection =>
        {
            await connection.SendAsync(RawApi.Json(Given.Form));
            await connection.ReadRequestAsync();
        });
        await using var app = await HostileApiApp.StartAsync(api.Url.Replace("http:", "https:", StringComparison.Ordinal));
        await HostileApiApp.AssertFallsBackAsync(app, "unavailable", "no trusted TLS connection could be made");
        Assert.Empty(api.Requests);
    }

    /// <summary>A server whose certificate nobody has signed.</summary>
    internal static async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options =>
            options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(SelfSigned()))
        );
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
