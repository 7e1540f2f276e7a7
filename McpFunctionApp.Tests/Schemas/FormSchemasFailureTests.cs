using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>Every outcome but a form has its reason, is remembered for its time, and then is asked for again.</summary>
public sealed class FormSchemasFailureTests
{
    public static TheoryData<string> Failures => [.. FormApiAnswers.Failing.Keys];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_has_its_reason_and_is_remembered_for_5_seconds(string what)
    {
        var (reason, answer) = FormApiAnswers.Failing[what];
        var clock = new ManualClock();
        await using var api = await FakeFormApi.StartAsync();
        api.OnForm = answer;
        await using var app = await WatchedApp.StartAsync(api, clock);

        var list = await app.Rpc.ListAsync(Given.Token);
        Assert.Equal(["add", "echo", "multiply"], list.ToolNames);
        Assert.Equal(reason, list.FallbackReason);
        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal(reason, (await app.Rpc.ListAsync(Given.Token)).FallbackReason);
        Assert.Single(api.Calls);

        api.ServeFields(Given.Fields);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        var later = await app.Rpc.ListAsync(Given.Token);
        Assert.Contains("create_request", later.ToolNames);
        Assert.Null(later.FallbackReason);
        Assert.Equal(2, api.Calls.Count);
    }

    [Fact]
    public async Task An_API_that_answers_401_to_everybody_has_not_recovered_and_one_that_gives_a_form_has()
    {
        const int Degraded = 1003,
            Recovered = 1004;
        var clock = new ManualClock();
        await using var api = await FakeFormApi.StartAsync();
        await using var app = await WatchedApp.StartAsync(api, clock);
        foreach (var (status, degraded, recovered) in new[] { (500, 1, 0), (401, 1, 0), (200, 1, 1) })
        {
            api.OnForm = context => FakeFormApi.Json(context, Given.Form, status);
            await app.Rpc.ListAsync(Given.Token);
            clock.Advance(TimeSpan.FromSeconds(6));
            Assert.Equal((degraded, recovered), (app.Log.Of(Degraded).Count(), app.Log.Of(Recovered).Count()));
        }
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("90", 90)]
    [InlineData("0", 5)]
    [InlineData("-1", 5)]
    [InlineData("soon", 5)]
    [InlineData("1.5", 5)]
    [InlineData("99999999999999999999", 5)]
    [InlineData("2147483647", 3_600)]
    [InlineData("Tue, 28 Jul 2026 12:00:20 GMT", 20)]
    [InlineData("Tue, 28 Jul 2026 11:59:00 GMT", 5)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 3_600)]
    [InlineData(null, 5)]
    public async Task A_busy_api_is_left_alone_for_its_Retry_After(string? retryAfter, int seconds)
    {
        var clock = new ManualClock();
        await using var api = await FakeFormApi.StartAsync();
        api.OnForm = context =>
        {
            context.Response.Headers.RetryAfter = retryAfter;
            return FormApiAnswers.Status(429)(context);
        };
        await using var app = await WatchedApp.StartAsync(api, clock);
        Assert.Equal("busy", (await app.Rpc.ListAsync(Given.Token)).FallbackReason);
        clock.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        Assert.Equal("busy", (await app.Rpc.ListAsync(Given.Token)).FallbackReason);
        Assert.Single(api.Calls);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        await app.Rpc.ListAsync(Given.Token);
        Assert.Equal(2, api.Calls.Count);
    }

    [Fact]
    public async Task The_time_that_a_failure_is_remembered_is_a_setting()
    {
        var clock = new ManualClock();
        await using var api = await FakeFormApi.StartAsync();
        api.OnForm = FormApiAnswers.Status(500);
        await using var app = await WatchedApp.StartAsync(api, clock, new() { ["Schemas:FailureTtlSeconds"] = "30" });
        await app.Rpc.ListAsync(Given.Token);
        clock.Advance(TimeSpan.FromSeconds(29));
        await app.Rpc.ListAsync(Given.Token);
        Assert.Single(api.Calls);
    }

    [Fact]
    public async Task One_callers_failure_is_not_anothers()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeByToken(token => token == Given.OtherToken ? Given.Fields : null);
        await using var app = await WatchedApp.StartAsync(api);
        Assert.Equal("rejected", (await app.Rpc.ListAsync(Given.Token)).FallbackReason);
        Assert.Contains("create_request", (await app.Rpc.ListAsync(Given.OtherToken)).ToolNames);
    }

    [Fact]
    public async Task The_refusal_of_an_expired_token_is_remembered_like_any_other()
    {
        var clock = new ManualClock();
        await using var api = await FakeFormApi.StartAsync();
        api.OnForm = FormApiAnswers.Status(401);
        await using var app = await WatchedApp.StartAsync(api, clock);
        var token = Given.Jwt(clock.GetUtcNow().AddSeconds(-1));
        await app.Rpc.ListAsync(token);
        await app.Rpc.ListAsync(token);
        Assert.Single(api.Calls);
    }

    [Fact]
    public async Task A_form_of_5_MiB_is_still_read()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.OnForm = FormApiAnswers.Text(Given.Form.PadRight(5 * 1_048_576));
        await using var app = await WatchedApp.StartAsync(api);
        Assert.Contains("create_request", (await app.Rpc.ListAsync(Given.Token)).ToolNames);
    }
}
