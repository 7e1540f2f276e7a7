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
            new Dictionary<string, string?> { ["Forms:0:Url"] = "http://127.0.0.1:1/form", ["SampleFormApi:Enabled"] = enabled },
            environment: environment
        );
        foreach (var route in s_routes)
        {
            using var response = await app.Http.GetAsync(new Uri(route, UriKind.Relative));
            Assert.Equal(there, response.StatusCode != HttpStatusCode.NotFound);
        }

        using var switched = await app.Http.PutAsync(new Uri("/sample/mode/down", UriKind.Relative), null);
        Assert.Equal(there ? HttpStatusCode.OK : HttpStatusCode.NotFound, switched.StatusCode);
    }

    [Fact]
    public async Task A_configured_form_is_not_replaced_by_the_sample_and_the_page_shows_no_samples_token()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields("""{"name":"Own","paramName":"own","type":"TextFieldRest"}""");
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = api.FormUrl, ["SampleFormApi:Enabled"] = "true" }
        );
        var list = await app.Rpc.ListAsync("test-token-user-a");
        Assert.NotNull(list.Tool("create_request")["inputSchema"]!["properties"]!["own"]);
        Assert.Single(api.FormCalls);
        Assert.DoesNotContain("test-token", await app.Http.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_configured_form_the_samples_is_served()
    {
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?>
            {
                ["urls"] = $"http://127.0.0.1:{FreePort.Next()}",
                ["SampleFormApi:Enabled"] = "true",
            }
        );
        var list = await app.Rpc.ListAsync("test-token-user-a");
        Assert.NotNull(list.Tool("create_request")["inputSchema"]!["properties"]!["subject"]);
        var call = await app.Rpc.CallAsync("create_request", """{"subject":"hello"}""", "test-token-user-a");
        Assert.False(call.IsError, call.Body);
        Assert.Equal("open", (string?)call.Result["structuredContent"]!["status"]);
        Assert.Contains("test-token-user-a", await app.Http.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_samples_search_is_there_for_everybody_and_a_raised_minimum_drops_hits()
    {
        await using var app = await StartWithoutFormsAsync([]);
        Assert.Contains("search_users", (await app.Rpc.ListAsync()).ToolNames);
        Assert.Equal(["Jane Doe", "Janet Doerr"], await FindAsync(app, "jane"));
        await using var strict = await StartWithoutFormsAsync(
            new()
            {
                ["Elasticsearch:MinScore"] = "6",
                ["Elasticsearch:IndexPrefix"] = "acme",
                ["Elasticsearch:Username"] = "x",
                ["Elasticsearch:Password"] = "y",
            }
        );
        Assert.Equal(["Jane Doe"], await FindAsync(strict, "jane"));
    }

    [Fact]
    public async Task The_samples_search_can_be_kept_for_accepted_callers()
    {
        await using var app = await StartWithoutFormsAsync(new() { ["Elasticsearch:AllowAnonymous"] = "false" });
        Assert.DoesNotContain("search_users", (await app.Rpc.ListAsync()).ToolNames);
        Assert.Equal("authentication_required", (await app.Rpc.CallAsync("search_users", """{"query":"jane"}""")).ErrorCode);
        Assert.Equal(["Jane Doe", "Janet Doerr"], await FindAsync(app, "jane", "test-token-user-a"));
    }

    [Fact]
    public async Task A_configured_Elasticsearch_is_not_replaced_by_the_sample_and_not_open_to_everybody()
    {
        await using var elastic = await FakeFormApi.StartAsync();
        elastic.OnSubmit = context => FakeFormApi.Json(context, """{"hits":{"total":{"value":0},"hits":[]}}""");
        await using var app = await StartWithoutFormsAsync(new() { ["Elasticsearch:Url"] = elastic.Address });
        Assert.Equal("authentication_required", (await app.Rpc.CallAsync("search_users", """{"query":"jane"}""")).ErrorCode);
        Assert.Empty(await FindAsync(app, "jane", "test-token-user-a"));
        Assert.Equal("/user/_search", Assert.Single(elastic.Calls).Path);
        Assert.Empty(elastic.Calls[0].Headers.Authorization.ToString());
    }

    [Fact]
    public async Task Beside_a_form_of_ones_own_there_is_no_sample_search_unless_it_is_asked_for()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = api.FormUrl, ["SampleFormApi:Enabled"] = "true" }
        );
        Assert.DoesNotContain("search_users", (await app.Rpc.ListAsync(Given.Token)).ToolNames);
    }

    [Fact]
    public void A_server_that_listens_on_another_address_starts_without_the_samples_search()
    {
        using var app = (IDisposable)
            McpFunctionApp.Hosting.Kestrel.KestrelApp.Build(["--environment", "Development", "--urls", "http://192.0.2.1:7071"]);
        Assert.NotNull(app);
    }

    private static Task<TestApp> StartWithoutFormsAsync(Dictionary<string, string?> settings) =>
        TestApp.StartAsync(
            new Dictionary<string, string?>(settings)
            {
                ["urls"] = $"http://127.0.0.1:{FreePort.Next()}",
                ["SampleFormApi:Enabled"] = "true",
            }
        );

    private static async Task<IEnumerable<string>> FindAsync(TestApp app, string query, string? token = null)
    {
        var call = await app.Rpc.CallAsync("search_users", $$"""{"query":"{{query}}"}""", token);
        Assert.False(call.IsError, call.Body);
        return call.Result["structuredContent"]!["hits"]!.AsArray().Select(hit => (string)hit!["fields"]!["name"]!);
    }
}
