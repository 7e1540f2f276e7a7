using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Search;

public sealed class SearchHealthTests
{
    [Theory]
    [InlineData(200)]
    [InlineData(401)]
    [InlineData(503)]
    public async Task Any_answer_of_Elasticsearch_shows_that_it_is_there(int status)
    {
        await using var forms = await FakeFormApi.StartAsync();
        await using var elastic = await FakeFormApi.StartAsync();
        elastic.OnForm = context => FakeFormApi.Json(context, "", status);
        Assert.Equal("healthy: create_request reachable, search reachable", await HealthAsync(forms, elastic.Address + "/es"));
        var call = Assert.Single(elastic.Calls);
        Assert.Equal(("HEAD", "/es/", ""), (call.Method, call.Path, call.Headers.Authorization.ToString()));
    }

    [Fact]
    public async Task Without_it_the_server_is_degraded_and_says_which_part()
    {
        await using var forms = await FakeFormApi.StartAsync();
        Assert.Equal("degraded: create_request reachable, search unreachable", await HealthAsync(forms, "http://127.0.0.1:1"));
    }

    private static async Task<string> HealthAsync(FakeFormApi forms, string elasticUrl)
    {
        await using var app = await TestApp.StartAsync(
            forms,
            null,
            new() { ["Elasticsearch:Url"] = elasticUrl, ["Elasticsearch:ApiKey"] = "secret" }
        );
        var report = JsonElement.Parse(await app.Http.GetStringAsync(new Uri("/health/ready", UriKind.Relative)));
        var checks = report
            .GetProperty("checks")
            .EnumerateArray()
            .Select(check => $"{check.GetProperty("name")} {check.GetProperty("status")}");
        return $"{report.GetProperty("status")}: {string.Join(", ", checks)}";
    }
}
