using McpFunctionApp.Callers;
using McpFunctionApp.FormApi;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.FormApi;

/// <summary>The time limit covers the whole exchange: waiting for a place, connecting, the retry, and all of the body.</summary>
public sealed class SchemaOriginTimeTests
{
    public static TheoryData<string> Slow =>
        ["never answers", "stops after the headers", "sends a byte now and then", "resets, then never answers"];

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
            await connection.SendAsync(
                how.StartsWith("stops", StringComparison.Ordinal) || how.StartsWith("sends", StringComparison.Ordinal)
                    ? headers
                    : ""
            );
            while (how.StartsWith("sends", StringComparison.Ordinal))
            {
                await connection.SendAsync(" ");
                await Task.Delay(50);
            }

            await connection.HoldAsync();
        });
        await using var app = await WatchedApp.StartAsync(
            api.Settings,
            new ManualClock { Haste = 5 },
            new() { ["Forms:0:TimeoutSeconds"] = "1" }
        );
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
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        await using var app = await WatchedApp.StartAsync(
            api,
            null,
            new() { ["Schemas:MaxConcurrentOriginCalls"] = "1", ["Forms:0:TimeoutSeconds"] = "1" }
        );
        var form = app.Services.GetRequiredService<IReadOnlyList<FormOptions>>()[0];
        var place = await app
            .Services.GetRequiredService<OriginPlaces>()
            .TakeAsync(form, Caller.FromToken(Given.OtherToken, "groups"), CancellationToken.None);
        var answer = await app.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        place.Dispose();
        Assert.Equal("form_unavailable", answer.ErrorCode);
        Assert.Contains("Schemas:MaxConcurrentOriginCalls", answer.Text, StringComparison.Ordinal);
        Assert.Empty(api.Calls);
        Assert.False((await app.Rpc.CallAsync("create_request", Given.Call, Given.OtherToken)).IsError);
    }

    [Fact]
    public async Task A_form_API_that_does_not_answer_holds_up_no_other_form()
    {
        await using var hanging = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.HoldAsync();
        });
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        await using var app = await WatchedApp.StartAsync(
            new Dictionary<string, string?>
            {
                ["Schemas:MaxConcurrentOriginCalls"] = "2",
                ["Forms:0:Tool"] = "hanging",
                ["Forms:0:Url"] = hanging.Url,
                ["Forms:0:TimeoutSeconds"] = "20",
                ["Forms:1:Tool"] = "answering",
                ["Forms:1:Url"] = api.FormUrl,
                ["Forms:1:TimeoutSeconds"] = "10",
            }
        );
        var held = Enumerable.Range(0, 4).Select(n => app.Rpc.CallAsync("hanging", Given.Call, $"{Given.Token}{n}")).ToList();
        await Eventually.TrueAsync(() => hanging.Requests.Count > 0, "the hanging API is asked");
        Assert.False((await app.Rpc.CallAsync("answering", Given.Call, Given.Token)).IsError);
        Assert.All(held, call => Assert.False(call.IsCompleted));
        app.Http.CancelPendingRequests();
        await Record.ExceptionAsync(() => Task.WhenAll(held));
    }

    [Fact]
    public async Task Tokens_that_nothing_has_accepted_leave_places_to_those_that_something_has()
    {
        var clock = new ManualClock();
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        await using var app = await WatchedApp.StartAsync(
            api,
            clock,
            new() { ["Schemas:MaxConcurrentOriginCalls"] = "4", ["Forms:0:TimeoutSeconds"] = "20" }
        );
        Assert.Contains("create_request", (await app.Rpc.ListAsync(Given.Token)).ToolNames);
        clock.Advance(TimeSpan.FromSeconds(301));

        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        api.OnForm = async context =>
        {
            if (FakeFormApi.TokenOf(context) != Given.Token)
            {
                await gate.Task;
            }

            await FakeFormApi.Json(context, Given.Form);
        };
        var strangers = Enumerable.Range(0, 10).Select(n => app.Rpc.ListAsync($"made-up-token-number-{n:00}")).ToList();
        await Eventually.TrueAsync(() => api.FormCalls.Count == 4, "the strangers have their share");
        Assert.Contains("create_request", (await app.Rpc.ListAsync(Given.Token)).ToolNames);
        Assert.Equal(5, api.FormCalls.Count);
        gate.SetResult();
        await Task.WhenAll(strangers);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    public async Task No_more_calls_are_under_way_than_allowed_fewer_of_strangers_and_all_are_served(int places, int strangers)
    {
        var underWay = 0;
        var most = 0;
        var wanted = strangers;
        var isFull = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var api = await FakeFormApi.StartAsync();
        api.OnForm = async context =>
        {
            var now = Interlocked.Increment(ref underWay);
            InterlockedMax(ref most, now);
            if (now >= Volatile.Read(ref wanted))
            {
                Volatile.Read(ref isFull).TrySetResult();
            }

            // However slowly they come, as many as may are here at once; and one too many has time to show itself.
            await Volatile.Read(ref isFull).Task.WaitAsync(context.RequestAborted);
            await Task.Delay(20);
            Interlocked.Decrement(ref underWay);
            await FakeFormApi.Json(context, Given.Form);
        };
        await using var app = await WatchedApp.StartAsync(
            api,
            null,
            new() { ["Schemas:MaxConcurrentOriginCalls"] = $"{places}", ["RateLimit:PermitsPerMinute"] = "0" }
        );
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => app.Rpc.ListAsync($"{Given.Token}{i}")));
        Assert.All(answers, answer => Assert.Contains("create_request", answer.ToolNames));
        Assert.Equal(strangers, most);
        Volatile.Write(ref isFull, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Volatile.Write(ref wanted, places);
        var accepted = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => ListAnewAsync(app, $"{Given.Token}{i}")));
        Assert.All(accepted, answer => Assert.Contains("create_request", answer.ToolNames));
        Assert.Equal(places, most);
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

    private static async Task<RpcAnswer> ListAnewAsync(WatchedApp app, string token)
    {
        using var forget = new HttpRequestMessage(HttpMethod.Delete, "/cache/me");
        forget.Headers.Authorization = new("Bearer", token);
        using var forgotten = await app.Http.SendAsync(forget);
        return await app.Rpc.ListAsync(token);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen) { }
    }
}
