using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Stress;

/// <summary>What all actors have done, counted.</summary>
internal sealed class StressCounts
{
    public int Lists;
    public int Calls;
    public int Degraded;
    public int Drops;
    public int DropsNotTold;
    public long SlowestMilliseconds;

    public override string ToString() =>
        $"{Lists} lists, {Calls} calls, {Degraded} of them without the form, {Drops} own invalidations ({DropsNotTold} not "
        + $"told to the table), slowest answer {SlowestMilliseconds} ms";
}

/// <summary>One caller who lists, calls and invalidates, and checks each answer against what its own form can be.</summary>
internal sealed class StressActor(
    TestApp app,
    Crowd crowd,
    CrowdMember me,
    CrowdMember other,
    StressWorld world,
    StressCounts counts,
    int[] floors
)
{
    private static readonly string[] s_expectedCodes =
    [
        "form_unavailable",
        "token_rejected",
        "submission_failed",
        "submission_outcome_unknown",
    ];

    private readonly Random _random = new(me.Number);

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var started = TimeProvider.System.GetTimestamp();
            await ActAsync();
            var milliseconds = (long)TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
            InterlockedMax(ref counts.SlowestMilliseconds, milliseconds);
            await Task.Delay(_random.Next(80), CancellationToken.None);
        }
    }

    /// <summary>The list of now, which must hold the form if it has to, and a form no older than the last invalidation that
    /// counted.</summary>
    public async Task ListAsync(bool mustHaveForm = false)
    {
        Interlocked.Increment(ref counts.Lists);
        var oldest = Volatile.Read(ref floors[me.Number]);
        var answer = await app.Rpc.ListAsync(me.Token, _random.Next(2) == 0);
        AssertMine(answer);
        if (answer.ToolNames.Intersect(["create_request", "record_request"]).Count() == 2)
        {
            foreach (var tool in new[] { "create_request", "record_request" })
            {
                var properties = answer.Tool(tool)["inputSchema"]!["properties"]!.AsObject().Select(p => p.Key).ToList();
                Assert.Equal([me.Field, $"version_{StressWorld.VersionIn(answer.Tool(tool).ToJsonString())}"], properties);
                Assert.InRange(StressWorld.VersionIn(answer.Tool(tool).ToJsonString()), oldest, int.MaxValue);
            }

            return;
        }

        Interlocked.Increment(ref counts.Degraded);
        Assert.False(mustHaveForm, answer.Body);
        Assert.Contains(answer.FallbackReason, new[] { "rejected", "forbidden", "busy", "unavailable", "malformed" });
        Assert.Equal(["add", "echo", "multiply"], answer.ToolNames.Take(3));
    }

    private Task ActAsync() =>
        _random.Next(20) switch
        {
            < 8 => ListAsync(),
            < 11 => CallAsync("create_request", "id", me.RequestId),
            < 14 => CallAsync("record_request", "status", "pending"),
            < 16 => CallWithForeignFieldAsync(),
            < 19 => AddAsync(),
            _ => DropMineAsync(),
        };

    private async Task CallAsync(string tool, string member, string expected)
    {
        Interlocked.Increment(ref counts.Calls);
        var answer = await app.Rpc.CallAsync(
            tool,
            $$"""{"{{me.Field}}":"from {{me.Number:000}}"}""",
            me.Token,
            _random.Next(2) == 0
        );
        AssertMine(answer);
        if (answer.IsError)
        {
            Interlocked.Increment(ref counts.Degraded);
            Assert.Contains(answer.ErrorCode, s_expectedCodes);
            return;
        }

        Assert.Equal(expected, (string?)answer.Result["structuredContent"]![member]);
    }

    private async Task CallWithForeignFieldAsync()
    {
        Interlocked.Increment(ref counts.Calls);
        var answer = await app.Rpc.CallAsync(
            "create_request",
            $$"""{"{{me.Field}}":"mine","{{other.Field}}":"not mine"}""",
            me.Token,
            _random.Next(2) == 0
        );
        Assert.Contains(answer.ErrorCode, new[] { "invalid_arguments", "form_unavailable", "token_rejected" });
        crowd.Hunt.AssertNothingIn(answer);
    }

    private async Task AddAsync()
    {
        Interlocked.Increment(ref counts.Calls);
        var answer = await app.Rpc.CallAsync("add", $$"""{"a":{{me.Number}},"b":1000}""", me.Token, _random.Next(2) == 0);
        Assert.Equal($"{me.Number + 1000}", answer.Text);
    }

    private async Task DropMineAsync()
    {
        Interlocked.Increment(ref counts.Drops);
        var version = world.NextVersion();
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/cache/me");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {me.Token}");
        using var response = await app.Http.SendAsync(request);
        if ((int)response.StatusCode == 503)
        {
            // The table may still have an older form.
            Interlocked.Increment(ref counts.DropsNotTold);
            return;
        }

        Assert.Equal(200, (int)response.StatusCode);
        InterlockedMax(ref floors[me.Number], version);
    }

    private void AssertMine(RpcAnswer answer)
    {
        Assert.Equal(200, (int)answer.Status);
        Assert.All(StressWorld.CallersIn(answer.Body), number => Assert.Equal($"{me.Number:000}", number));
        crowd.Hunt.AssertNothingIn(answer);
    }

    public static void InterlockedMax(ref int target, int value)
    {
        for (
            int known;
            (known = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, known) != known;

        ) { }
    }

    private static void InterlockedMax(ref long target, long value)
    {
        for (
            long known;
            (known = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, known) != known;

        ) { }
    }
}
