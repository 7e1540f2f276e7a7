using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>A form lives for its time, counted from the form API's answer, and never longer than the token.</summary>
public sealed class FormSchemasExpiryTests : AppTests<WatchedApp>
{
    protected override Task<WatchedApp> StartAsync() => WatchedApp.StartAsync(Api, Clock);

    [Fact]
    public async Task A_form_is_answered_from_memory_for_300_seconds()
    {
        Assert.Equal(1, await CallsOfListAsync(Given.Token, 0));
        Assert.Equal(0, await CallsOfListAsync(Given.Token, 150));
        Assert.Equal(0, await CallsOfListAsync(Given.Token, 149.9));
        Assert.Equal(1, await CallsOfListAsync(Given.Token, 0.1));
        Assert.Equal(0, await CallsOfListAsync(Given.Token, 299.9));
        Assert.Equal(1, await CallsOfListAsync(Given.Token, 0.2));
    }

    [Fact]
    public async Task The_life_is_counted_from_the_answer_and_not_from_the_question()
    {
        Api.OnForm = context =>
        {
            Clock.Advance(TimeSpan.FromSeconds(8));
            return FakeFormApi.Json(context, Given.Form);
        };
        await App.Rpc.ListAsync(Given.Token);
        Assert.Equal(0, await CallsOfListAsync(Given.Token, 299));
        Assert.Equal(1, await CallsOfListAsync(Given.Token, 1));
    }

    [Fact]
    public async Task A_call_uses_the_form_of_the_list_until_it_expires()
    {
        await App.Rpc.ListAsync(Given.Token);
        Api.ServeFields("""{"paramName":"other","type":"TextFieldRest"}""");
        Assert.False((await App.Rpc.CallAsync("create_request", Given.Call, Given.Token)).IsError);
        Clock.Advance(TimeSpan.FromSeconds(300));
        Assert.Equal("invalid_arguments", (await App.Rpc.CallAsync("create_request", Given.Call, Given.Token)).ErrorCode);
    }

    [Fact]
    public async Task A_form_is_not_kept_beyond_the_tokens_own_end()
    {
        var token = Given.Jwt(Clock.GetUtcNow().AddSeconds(60));
        Assert.Equal(1, await CallsOfListAsync(token, 0));
        Assert.Equal(0, await CallsOfListAsync(token, 59));
        Assert.Equal(1, await CallsOfListAsync(token, 1));
        Assert.Equal(1, await CallsOfListAsync(token, 0));
        Assert.Equal(1, await CallsOfListAsync(token, 0));
    }

    [Fact]
    public async Task An_expired_token_is_the_form_apis_to_judge_and_its_form_is_never_kept()
    {
        var token = Given.Jwt(Clock.GetUtcNow().AddSeconds(-1));
        foreach (var _ in (int[])[1, 2, 3])
        {
            var answer = await App.Rpc.ListAsync(token, perRequest: true);
            Assert.Contains("create_request", answer.ToolNames);
            Assert.Equal(0, (long)answer.Result["ttlMs"]!);
        }

        Assert.Equal([token, token, token], Api.Calls.Select(call => call.Token));
    }

    [Fact]
    public async Task A_long_token_does_not_lengthen_the_life_of_a_form()
    {
        var token = Given.Jwt(Clock.GetUtcNow().AddDays(1));
        Assert.Equal(1, await CallsOfListAsync(token, 0));
        Assert.Equal(0, await CallsOfListAsync(token, 299));
        Assert.Equal(1, await CallsOfListAsync(token, 1));
    }

    [Theory]
    [InlineData("\"soon\"")]
    [InlineData("null")]
    [InlineData("1e308")]
    [InlineData("99999999999999999999")]
    public async Task An_end_that_cannot_be_read_or_lies_beyond_all_time_changes_nothing(string exp)
    {
        var token = Given.Jwt($$"""{"sub":"sam","exp":{{exp}}}""");
        Assert.Equal(1, await CallsOfListAsync(token, 0));
        Assert.Equal(0, await CallsOfListAsync(token, 299));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("-1e300")]
    public async Task An_end_before_all_time_means_expired(string exp)
    {
        var token = Given.Jwt($$"""{"exp":{{exp}}}""");
        Assert.Equal(1, await CallsOfListAsync(token, 0));
        Assert.Equal(1, await CallsOfListAsync(token, 0));
    }

    /// <summary>How many times the form API is asked for one list, made after this many seconds.</summary>
    private async Task<int> CallsOfListAsync(string token, double after)
    {
        Clock.Advance(TimeSpan.FromSeconds(after));
        var before = Api.Calls.Count;
        Assert.Contains("create_request", (await App.Rpc.ListAsync(token)).ToolNames);
        return Api.Calls.Count - before;
    }
}
