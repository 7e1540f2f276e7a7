using System.Net;
using McpFunctionApp.Hosting.Kestrel;
using McpFunctionApp.Messages;
using McpFunctionApp.Telemetry;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpFunctionApp.Tests.Hosting;

public sealed class HostGuardTests(HostGuardTests.Server server) : IClassFixture<HostGuardTests.Server>
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:7071")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("192.168.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("[2001:db8::1]:7071")]
    [InlineData("evil.my-tunnel.example")]
    public async Task A_request_that_names_another_host_is_403_whatever_its_path(string host)
    {
        foreach (
            var (method, path) in new[]
            {
                ("POST", "/mcp"),
                ("GET", "/mcp"),
                ("OPTIONS", "/mcp"),
                ("GET", "/sample/form"),
                ("GET", "/nothing"),
            }
        )
        {
            using var request = Request(method, path, host);
            Assert.Equal(HttpStatusCode.Forbidden, (await server.App.Rpc.SendAsync(request)).Status);
        }
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LocalHost:1234")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:80")]
    [InlineData("127.8.9.10")]
    [InlineData("[::1]:7071")]
    [InlineData("host.docker.internal:7071")]
    [InlineData("HOST.docker.internal")]
    [InlineData("my-tunnel.example")]
    [InlineData("[2001:db8::7]:7071")]
    public async Task A_request_that_names_this_machine_or_an_allowed_host_is_served(string host)
    {
        using var request = Request("POST", "/mcp", host);
        Assert.Equal(HttpStatusCode.OK, (await server.App.Rpc.SendAsync(request)).Status);
    }

    [Theory]
    [InlineData(403, "http://127.0.0.1:7071")]
    [InlineData(403, "http://localhost:7071")]
    [InlineData(403, "http://[::1]:7071")]
    [InlineData(403, "http://127.0.0.1:7071", "https://localhost:7072")]
    [InlineData(200, "http://*:8080")]
    [InlineData(200, "http://[::]:8080")]
    [InlineData(200, "http://0.0.0.0:8080")]
    [InlineData(200, "http://127.0.0.1:7071", "http://0.0.0.0:8080")]
    [InlineData(200, "http://forms.example:8080")]
    [InlineData(200)]
    public async Task Only_a_server_that_listens_on_loopback_alone_holds_requests_to_that(int status, params string[] addresses)
    {
        // The guard alone, since tests listen on loopback only.
        using var refusals = new RefusalLog(TimeProvider.System, NullLogger<RefusalLog>.Instance);
        var options = new EndpointOptions(new HashSet<string>(), 1_024);
        var guard = new LoopbackHostGuard(_ => Task.CompletedTask, new Listening(addresses), options, refusals);
        var context = new DefaultHttpContext();
        context.Request.Headers.Host = "forms.example";
        await guard.InvokeAsync(context);
        Assert.Equal(status, context.Response.StatusCode);
    }

    private static HttpRequestMessage Request(string method, string path, string host)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Host = host;
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        if (method == "POST")
        {
            request.Content = new StringContent(
                """{"jsonrpc":"2.0","id":1,"method":"ping"}""",
                System.Text.Encoding.UTF8,
                "application/json"
            );
        }

        return request;
    }

    private sealed class Listening : IServer, IServerAddressesFeature
    {
        public Listening(string[] addresses)
        {
            Addresses = addresses;
            Features.Set<IServerAddressesFeature>(this);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public ICollection<string> Addresses { get; }

        public bool PreferHostingUrls { get; set; }

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() { }
    }

    public sealed class Server()
        : SharedServer(
            new()
            {
                ["SampleFormApi:Enabled"] = "true",
                ["Endpoint:AllowedHosts:0"] = "host.docker.internal",
                ["Endpoint:AllowedHosts:1"] = "my-tunnel.example",
                ["Endpoint:AllowedHosts:2"] = "2001:db8::7",
            }
        );
}
