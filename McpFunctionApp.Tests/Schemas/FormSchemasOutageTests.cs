using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>How long a form API that fails is left alone, whose failure it is, and when it has recovered.</summary>
public sealed class FormSchemasOutageTests : AppTests<WatchedApp>
{
    protected override Task<WatchedApp> StartAsync() => WatchedApp.StartAsync(Api, Clock);

    [Fact]
    public async Task An_API_that_answers_401_to_everybody_has_not_recovered_and_one_that_gives_a_form_has()
    {
        const int Degraded = 1003,
            Recovered = 1004;
        foreach (var (status, degraded, recovered) in new[] { (500, 1, 0), (401, 1, 0), (200, 1, 1) })
        {
            Api.OnForm = context => FakeFormApi.Json(context, Given.Form, status);
            await App.Rpc.ListAsync(Given.Token);
            Clock.Advance(TimeSpan.FromSeconds(6));
            Assert.Equal((degraded, recovered), (App.Log.Of(Degraded).Count(), App.Log.Of(Recovered).Count()));
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
        Api.OnForm = context =>
        {
            context.Response.Headers.RetryAfter = retryAfter;
            return FormApiAnswers.Status(429)(context);
        };
        Assert.Equal("busy", (await App.Rpc.ListAsync(Given.Token)).FallbackReason);
        Clock.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        Assert.Equal("busy", (await App.Rpc.ListAsync(Given.Token)).FallbackReason);
        Assert.Single(Api.Calls);
        Clock.Advance(TimeSpan.FromSeconds(0.1));
        await App.Rpc.ListAsync(Given.Token);
        Assert.Equal(2, Api.Calls.Count);
    }

    [Fact]
    public async Task The_time_that_a_failure_is_remembered_is_a_setting()
    {
        Api.OnForm = FormApiAnswers.Status(500);
        await using var app = await WatchedApp.StartAsync(Api, Clock, new() { ["Schemas:FailureTtlSeconds"] = "30" });
        await app.Rpc.ListAsync(Given.Token);
        Clock.Advance(TimeSpan.FromSeconds(29));
        await app.Rpc.ListAsync(Given.Token);
        Assert.Single(Api.Calls);
    }

    [Fact]
    public async Task One_callers_failure_is_not_anothers()
    {
        Api.ServeByToken(token => token == Given.OtherToken ? Given.Fields : null);
        Assert.Equal("rejected", (await App.Rpc.ListAsync(Given.Token)).FallbackReason);
        Assert.Contains("create_request", (await App.Rpc.ListAsync(Given.OtherToken)).ToolNames);
    }

    [Fact]
    public async Task The_refusal_of_an_expired_token_is_remembered_like_any_other()
    {
        Api.OnForm = FormApiAnswers.Status(401);
        var token = Given.Jwt(Clock.GetUtcNow().AddSeconds(-1));
        await App.Rpc.ListAsync(token);
        await App.Rpc.ListAsync(token);
        Assert.Single(Api.Calls);
    }

    [Fact]
    public async Task A_form_of_5_MiB_is_still_read()
    {
        Api.OnForm = FormApiAnswers.Text(Given.Form.PadRight(5 * 1_048_576));
        Assert.Contains("create_request", (await App.Rpc.ListAsync(Given.Token)).ToolNames);
    }
}
