using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>The time limit covers the whole exchange: waiting for a place, connecting, the retry, and all of the body.</summary>
public sealed class SchemaOriginTimeTests
{
    public static TheoryData<string> Slow => ["never answers", "stops after the headers", "sends a byte now and then", "resets, then never answers"];

    [Theory]
    [MemberData(nameof(Slow))]
    public async Task An_api_that_takes_too_long_is_unavailable_once_and_then_from_memory(string how)
    {
        await using var api = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            if (how.StartsWith("resets", StringComparison.Ordinal) && connection.Number == 1)
            {
                connection.Reset();
                return;
            }

            var headers = RawApi.Json(new string(' ', 100_000) + Given.Form).Split("\r\n\r\n")[0] + "\r\n\r\n";
            await connection.SendAsync(how.StartsWith("stops", StringComparison.Ordinal) || how.StartsWith("sends", StringComparison.Ordinal) ? headers : "");
            while (how.StartsWith("sends", StringComparison.Ordinal))
            {
                await connection.SendAsync(" ");
                await Task.Delay(50);
            }

            await connection.HoldAsync();
        });
        await using var app = await WatchedApp.StartAsync(api.Settings, new ManualClock(), new() { ["Forms:0:TimeoutSeconds"] = "1" });
        var answer = await app.Rpc.ListAsync(Given.Token);
        Assert.Equal("unavailable", answer.FallbackReason);
        Assert.Contains("within 1 s", answer.Body, StringComparison.Ordinal);
        var requests = api.Requests.Count;
        Assert.Equal("unavailable", (await app.Rpc.ListAsync(Given.Token)).FallbackReason);
        Assert.Equal(requests, api.Requests.Count);
    }

    [Fact]
    public async Task Waiting_for_a_place_counts_and_is_busy()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var api = await FakeFormApi.StartAsync();
        api.OnForm = async context =>
        {
            await gate.Task;
            await FakeFormApi.Json(context, Given.Form);
        };
        await using var app = await WatchedApp.StartAsync(new Dictionary<string, string?>
        {
            ["Schemas:MaxConcurrentOriginCalls"] = "1",
            ["Forms:0:Tool"] = "patient",
            ["Forms:0:Url"] = api.FormUrl,
            ["Forms:0:TimeoutSeconds"] = "60",
            ["Forms:1:Tool"] = "hasty",
            ["Forms:1:Url"] = api.FormUrl,
            ["Forms:1:TimeoutSeconds"] = "1",
        });
        var first = app.Rpc.CallAsync("patient", Given.Call, Given.Token);
        await Eventually.TrueAsync(() => api.Calls.Count == 1, "the first takes the only place");
        var second = await app.Rpc.CallAsync("hasty", Given.Call, Given.Token);
        gate.SetResult();
        Assert.Equal("form_unavailable", second.ErrorCode);
        Assert.Contains("Schemas:MaxConcurrentOriginCalls", second.Text, StringComparison.Ordinal);
        Assert.False((await first).IsError);
        Assert.Single(api.Calls);
    }

    [Fact]
    public async Task No_more_calls_are_under_way_than_allowed_and_all_are_served()
    {
        var underWay = 0;
        var most = 0;
        await using var api = await FakeFormApi.StartAsync();
        api.OnForm = async context =>
        {
            var now = Interlocked.Increment(ref underWay);
            InterlockedMax(ref most, now);
            await Task.Delay(10);
            Interlocked.Decrement(ref underWay);
            await FakeFormApi.Json(context, Given.Form);
        };
        await using var app = await WatchedApp.StartAsync(api, null, new() { ["Schemas:MaxConcurrentOriginCalls"] = "3" });
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => app.Rpc.ListAsync($"{Given.Token}{i}")));
        Assert.All(answers, answer => Assert.Contains("create_request", answer.ToolNames));
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task A_failed_call_gives_its_place_back()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.OnForm = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        await using var app = await WatchedApp.StartAsync(api, null, new() { ["Schemas:MaxConcurrentOriginCalls"] = "1" });
        foreach (var i in Enumerable.Range(0, 3))
        {
            Assert.Equal("unavailable", (await app.Rpc.ListAsync($"{Given.Token}{i}")).FallbackReason);
        }

        api.ServeFields(Given.Fields);
        Assert.Contains("create_request", (await app.Rpc.ListAsync(Given.OtherToken)).ToolNames);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
