using McpFunctionApp.Telemetry;
using McpFunctionApp.Tests.Admission;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Search;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Telemetry;

public sealed class MetricsTests
{
    [Fact]
    public async Task Requests_are_counted_by_what_came_of_them()
    {
        await using var api = await SignInApp.StartApiAsync();
        await using var app = await TestApp.StartAsync(
            api,
            settings: SignInApp.Settings("Challenge", ("RateLimit:PermitsPerMinute", "3"))
        );
        using var metrics = new MetricWatch(app.Services);
        await app.Rpc.ListAsync();
        await app.Rpc.PostAsync("{");
        await app.Rpc.PostAsync("{", Given.Token);
        await app.Rpc.ListAsync(Given.Token);
        await app.Rpc.CallAsync("create_request", "{}", Given.Token);
        await app.Rpc.CallAsync("no_such_tool", "{}", Given.Token);
        for (var i = 0; i < 3; i++)
        {
            await app.Rpc.CallAsync("add", """{"a":1,"b":2}""", Given.Token);
        }

        // What the headers alone decide is refused before anybody knows the method.
        await metrics.AssertRequestsAsync(2, "_OTHER", "challenged");
        await metrics.AssertRequestsAsync(1, "_OTHER", "refused");
        await metrics.AssertRequestsAsync(1, "tools/list", "ok");
        await metrics.AssertRequestsAsync(1, "tools/call", "tool_error");
        await metrics.AssertRequestsAsync(1, "tools/call", "error");
        await metrics.AssertRequestsAsync(1, "tools/call", "ok");
        await metrics.AssertRequestsAsync(2, "_OTHER", "rate_limited");
    }

    [Theory]
    [InlineData(401, "rejected")]
    [InlineData(403, "forbidden")]
    [InlineData(429, "busy")]
    [InlineData(500, "unavailable")]
    [InlineData(302, "malformed")]
    public async Task A_form_API_that_gives_no_form_is_measured_by_the_reason(int status, string reason)
    {
        await using var api = await FakeFormApi.StartAsync();
        api.OnForm = context => FakeFormApi.Json(context, "{}", status);
        await using var app = await TestApp.StartAsync(api);
        using var metrics = new MetricWatch(app.Services);
        var answer = await app.Rpc.ListAsync(Given.Token);
        Assert.Equal(reason, answer.FallbackReason);
        Assert.Equal(
            1,
            metrics.Sum(
                "mcp_function_app.fallbacks",
                ("mcp_function_app.fallback.reason", reason),
                ("gen_ai.tool.name", "create_request")
            )
        );
        Assert.Equal(1, metrics.Count("mcp_function_app.form_api.duration", ("mcp_function_app.outcome", reason)));
    }

    [Theory]
    [InlineData(404, """{"error":{"type":"index_not_found_exception"}}""", "index_missing")]
    [InlineData(400, "{}", "refused")]
    [InlineData(401, "{}", "unavailable")]
    public async Task A_search_that_fails_is_measured_by_its_fault(int status, string body, string error)
    {
        await using var rig = await SearchRig.StartAsync();
        rig.Serve(body, status);
        using var metrics = new MetricWatch(rig.App.Services);
        await rig.SearchAsync();
        Assert.Equal(
            1,
            metrics.Count(
                "db.client.operation.duration",
                ("db.system.name", "elasticsearch"),
                ("db.operation.name", "search"),
                ("error.type", error)
            )
        );
    }

    [Fact]
    public async Task The_cache_endpoint_and_the_metrics_say_the_same()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        await using var app = await TestApp.StartAsync(api);
        using var metrics = new MetricWatch(app.Services);
        for (var i = 0; i < 3; i++)
        {
            await app.Rpc.ListAsync(Given.Token);
        }

        metrics.Look();
        var counters = app.Services.GetRequiredService<CacheCounters>();
        Assert.Equal(2, counters.MemoryHits);
        Assert.Equal(2, metrics.Sum("mcp_function_app.form_cache.hits", ("mcp_function_app.cache.level", "memory")));
        Assert.Equal(1, metrics.Sum("mcp_function_app.form_cache.misses"));
        Assert.Equal(1, metrics.Sum("mcp_function_app.form_cache.entries", ("mcp_function_app.cache.entry", "caller")));
    }
}
