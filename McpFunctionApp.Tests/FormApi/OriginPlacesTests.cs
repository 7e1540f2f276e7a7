using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.FormApi;

/// <summary>So many calls to form APIs are under way at once, fewer of strangers, and each gives its place back.</summary>
public sealed class OriginPlacesTests : ApiTests
{
    [Fact]
    public async Task A_form_API_that_does_not_answer_holds_up_no_other_form()
    {
        await using var hanging = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.HoldAsync();
        });
        await using var app = await WatchedApp.StartAsync(
            new Dictionary<string, string?>
            {
                ["Schemas:MaxConcurrentOriginCalls"] = "2",
                ["Forms:0:Tool"] = "hanging",
                ["Forms:0:Url"] = hanging.Url,
                ["Forms:0:TimeoutSeconds"] = "20",
                ["Forms:1:Tool"] = "answering",
                ["Forms:1:Url"] = Api.FormUrl,
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
        await using var app = await WatchedApp.StartAsync(
            Api,
            clock,
            new() { ["Schemas:MaxConcurrentOriginCalls"] = "4", ["Forms:0:TimeoutSeconds"] = "20" }
        );
        Assert.Contains("create_request", (await app.Rpc.ListAsync(Given.Token)).ToolNames);
        clock.Advance(TimeSpan.FromSeconds(301));

        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Api.OnForm = async context =>
        {
            if (FakeFormApi.TokenOf(context) != Given.Token)
            {
                await gate.Task;
            }

            await FakeFormApi.Json(context, Given.Form);
        };
        var strangers = Enumerable.Range(0, 10).Select(n => app.Rpc.ListAsync($"made-up-token-number-{n:00}")).ToList();
        await Eventually.TrueAsync(() => Api.FormCalls.Count == 4, "the strangers have their share");
        Assert.Contains("create_request", (await app.Rpc.ListAsync(Given.Token)).ToolNames);
        Assert.Equal(5, Api.FormCalls.Count);
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
        Api.OnForm = async context =>
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
            Api,
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
        Api.OnForm = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        await using var app = await WatchedApp.StartAsync(Api, null, new() { ["Schemas:MaxConcurrentOriginCalls"] = "1" });
        foreach (var i in Enumerable.Range(0, 3))
        {
            Assert.Equal("unavailable", (await app.Rpc.ListAsync($"{Given.Token}{i}")).FallbackReason);
        }

        Api.ServeFields(Given.Fields);
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
