using System.Net;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Hosting;

public sealed class SampleSwitchTests
{
    private static readonly string[] s_routes = ["/sample/form", "/sample/requests", "/sample/mode"];

    [Theory]
    [InlineData("Production", null, false)]
    [InlineData("Staging", null, false)]
    [InlineData("Development", null, true)]
    [InlineData("Development", "false", false)]
    [InlineData("Production", "true", true)]
    [InlineData("Production", "false", false)]
    public async Task The_sample_is_there_in_Development_or_by_its_setting_only(string environment, string? enabled, bool there)
    {
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = "http://127.0.0.1:1/form", ["SampleFormApi:Enabled"] = enabled }, environment: environment);
        foreach (var route in s_routes)
        {
            using var response = await app.Http.GetAsync(new Uri(route, UriKind.Relative));
            Assert.Equal(there, response.StatusCode != HttpStatusCode.NotFound);
        }

        using var switched = await app.Http.PutAsync(new Uri("/sample/mode/down", UriKind.Relative), null);
        Assert.Equal(there ? HttpStatusCode.OK : HttpStatusCode.NotFound, switched.StatusCode);
    }

    [Fact]
    public async Task A_configured_form_is_not_replaced_by_the_sample()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields("""{"name":"Own","paramName":"own","type":"TextFieldRest"}""");
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = api.FormUrl, ["SampleFormApi:Enabled"] = "true" });
        var list = await app.Rpc.ListAsync("test-token-user-a");
        Assert.NotNull(list.Tool("create_request")["inputSchema"]!["properties"]!["own"]);
        Assert.Single(api.FormCalls);
    }

    [Fact]
    public async Task Without_a_configured_form_the_samples_is_served()
    {
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?> { ["urls"] = $"http://127.0.0.1:{AppProcess.FreePort()}", ["SampleFormApi:Enabled"] = "true" });
        var list = await app.Rpc.ListAsync("test-token-user-a");
        Assert.NotNull(list.Tool("create_request")["inputSchema"]!["properties"]!["subject"]);
        var call = await app.Rpc.CallAsync("create_request", """{"subject":"hello"}""", "test-token-user-a");
        Assert.False(call.IsError, call.Body);
        Assert.Equal("open", (string?)call.Result["structuredContent"]!["status"]);
    }
}
