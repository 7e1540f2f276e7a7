using System.Net;
using McpFunctionApp.Tests.FunctionsHost;
using McpFunctionApp.Tests.Sample;

namespace McpFunctionApp.Tests.Hosting.Functions;

/// <summary>The page at the function URL: on the empty path alone, and beside every other function.</summary>
[Collection(SampleWorkerCollection.Name)]
public sealed class WorkerPageTests(SampleWorker sample)
{
    [Fact]
    public async Task The_page_is_at_the_function_url_marked_as_a_demonstration_and_every_other_function_goes_on()
    {
        var host = sample.Host;
        using var page = await host.SendAsync(HttpMethod.Get, "/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("test-token-technician", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var health = await host.SendAsync(HttpMethod.Get, "/health");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        using var nothing = await host.SendAsync(HttpMethod.Get, "/nothing");
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        Assert.Contains("create_request", (await host.Rpc.ListAsync(SampleHost.UserA)).ToolNames);
        Assert.Equal("/", await WhereABrowserIsSentAsync(host));
    }

    [SlowFact]
    public async Task Turned_off_it_is_404()
    {
        await using var host = await WorkerHost.StartAsync(
            new Dictionary<string, string?> { ["SampleFormApi:Enabled"] = "true", ["Endpoint:Page"] = "false" }
        );
        using var page = await host.SendAsync(HttpMethod.Get, "/");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal("", await page.Content.ReadAsStringAsync());
        Assert.Null(await WhereABrowserIsSentAsync(host));
    }

    private static async Task<string?> WhereABrowserIsSentAsync(WorkerHost host)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, host.Endpoint) { Headers = { { "Accept", "text/html" } } };
        using var answer = await http.SendAsync(request);
        Assert.Equal(
            answer.Headers.Location is null ? HttpStatusCode.MethodNotAllowed : HttpStatusCode.SeeOther,
            answer.StatusCode
        );
        return answer.Headers.Location?.ToString();
    }
}
