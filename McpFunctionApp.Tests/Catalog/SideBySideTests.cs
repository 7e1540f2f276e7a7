using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Catalog;

/// <summary>Many forms on one server: each is fetched by itself, and none waits for another's system.</summary>
public sealed class SideBySideTests
{
    private const int Count = 12;

    [Fact]
    public async Task Forms_are_fetched_side_by_side()
    {
        await using var api = await FakeFormApi.StartAsync();
        using var all = new CountdownEvent(Count);
        var everybodyAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        api.OnForm = async context =>
        {
            // Answered only once every form has been asked for.
            if (all.Signal())
            {
                everybodyAsked.SetResult();
            }

            await everybodyAsked.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync($$"""{"fieldList":[{{Given.Fields}}]}""");
        };
        await using var app = await WatchedApp.StartAsync(
            Enumerable.Range(0, Count).SelectMany(i => Form(i, api.FormUrl)).ToDictionary()
        );
        var list = await app.Rpc.ListAsync(Given.Token);
        Assert.Equal(Count, list.ToolNames.Count(name => name.StartsWith("tool_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_form_that_never_answers_costs_its_own_time_limit_and_hides_no_other()
    {
        await using var slow = await FakeFormApi.StartAsync();
        await using var quick = await FakeFormApi.StartAsync();
        quick.ServeFields(Given.Fields);
        slow.OnForm = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        var settings = Form(0, slow.FormUrl)
            .Append(new("Forms:0:TimeoutSeconds", "1"))
            .Concat(Form(1, quick.FormUrl))
            .Concat(Form(2, quick.FormUrl));
        await using var app = await WatchedApp.StartAsync(settings.ToDictionary(), new ManualClock { Haste = 4 });
        var list = await app.Rpc.ListAsync(Given.Token, perRequest: true);
        Assert.Equal(["add", "echo", "multiply", "tool_1", "draft_tool_1", "tool_2", "draft_tool_2"], list.ToolNames);
        var missing = Assert.Single(list.Result["_meta"]!["io.github.mcp-function-app/fallback"]!["tools"]!.AsArray());
        Assert.Equal("""{"name":"tool_0","reason":"unavailable"}""", missing!.ToJsonString());
        Assert.Contains(
            "within 1 s",
            (string)list.Result["_meta"]!["io.github.mcp-function-app/fallback"]!["message"]!,
            StringComparison.Ordinal
        );
    }

    private static IEnumerable<KeyValuePair<string, string?>> Form(int i, string url) =>
        [new($"Forms:{i}:Tool", $"tool_{i}"), new($"Forms:{i}:Url", url)];
}
