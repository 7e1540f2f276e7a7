using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using McpFunctionApp.Tests.FunctionsHost;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Sample;

namespace McpFunctionApp.Tests.Hosting.Functions;

/// <summary>The sample in a worker: one switch makes a demonstration of it, and nobody outside reaches it.</summary>
[Collection(SampleWorkerCollection.Name)]
public sealed partial class WorkerSampleTests(SampleWorker sample)
{
    [SlowTheory]
    [InlineData("SampleFormApi:Enabled", "true")]
    [InlineData("AZURE_FUNCTIONS_ENVIRONMENT", "Development")]
    public async Task Without_a_configured_form_the_samples_form_and_search_are_served(string setting, string value)
    {
        await using var own = setting == SampleWorker.Setting ? null : await StartAsync(setting, value);
        var host = own ?? sample.Host;
        var list = await host.Rpc.ListAsync(SampleHost.UserA, perRequest: true);
        Assert.NotNull(list.Tool("create_request")["inputSchema"]!["properties"]!["requester"]);
        Assert.Contains("search_users", list.ToolNames);

        var call = await host.Rpc.CallAsync("create_request", """{"subject":"Printer is out of toner"}""", SampleHost.UserB);
        Assert.Equal("open", (string?)call.Result["structuredContent"]!["status"]);
        var found = await host.Rpc.CallAsync("search_users", """{"query":"jnae doe"}""", SampleHost.UserA, perRequest: true);
        Assert.Equal("Jane Doe", (string?)found.Result["structuredContent"]!["hits"]![0]!["fields"]!["name"]);
    }

    [Fact]
    public async Task It_is_marked_as_a_demonstration_and_is_reached_from_this_machine_alone()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        await using var host = await WorkerHost.StartAsync(
            new Dictionary<string, string?>
            {
                ["Forms:0:Url"] = api.FormUrl,
                ["SampleFormApi:Enabled"] = "true",
                ["Endpoint:MaxRequestBytes"] = "104857600",
            }
        );
        Assert.NotNull((await host.Rpc.ListAsync(Given.Token)).Tool("create_request")["inputSchema"]!["properties"]!["priority"]);
        Assert.DoesNotContain("search_users", (await host.Rpc.ListAsync(Given.Token)).ToolNames);

        var mark = Assert.Single(
            host.Log.Lines,
            line => line.Text.StartsWith("This is a demonstration", StringComparison.Ordinal)
        );
        var sample = new Uri(Address().Match(mark.Text).Value);
        Assert.Equal("127.0.0.1", sample.Host);
        Assert.All(OtherAddresses(), address => Assert.Throws<SocketException>(() => new TcpClient($"{address}", sample.Port)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(new Uri(sample, "/sample/form")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(new Uri(sample, "/sample/form"), "evil.example"));

        // Neither by the host nor past it.
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(new Uri(host.Endpoint, "/sample/form")));
        var worker = await host.WorkerAddressAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, await StatusAsync(new Uri(worker, "/sample/form")));

        // As on Kestrel the endpoint's own limit holds, not the server's of 30 MB.
        var padded = $"{new string(' ', 31_000_000)}{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}}";
        Assert.Contains("add", (await host.Rpc.PostAsync(padded)).ToolNames);
    }

    private static Task<WorkerHost> StartAsync(string setting, string value) =>
        WorkerHost.StartAsync(new Dictionary<string, string?> { [setting] = value });

    private static IEnumerable<IPAddress> OtherAddresses() =>
        NetworkInterface
            .GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));

    private static async Task<HttpStatusCode> StatusAsync(Uri address, string? host = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Host = host } };
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    [GeneratedRegex(@"http://[\d.:]+\d")]
    private static partial Regex Address();
}
