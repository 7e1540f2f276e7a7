using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Execution;

/// <summary>What the form API is sent for a validated call, and how often.</summary>
public sealed class FormSubmissionRequestTests : AppTests<WatchedApp>
{
    [Fact]
    public async Task It_is_a_POST_of_JSON_as_the_caller()
    {
        Assert.False((await App.Rpc.CallAsync("create_request", Given.Call, Given.Token)).IsError);
        var call = Assert.Single(Api.Submissions);
        Assert.Equal("/requests", call.Path);
        Assert.Equal($"Bearer {Given.Token}", call.Headers.Authorization);
        Assert.Equal("application/json", call.Headers.ContentType);
        Assert.Equal("application/json", call.Headers.Accept);
        Assert.Equal(call.Body.Length, call.Headers.ContentLength);
        Assert.Equal("""{"subject":"Printer is on fire","priority":3}""", call.Body);
    }

    [Fact]
    public async Task Each_call_has_an_idempotency_key_of_its_own()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => App.Rpc.CallAsync("create_request", Given.Call, Given.Token)));
        var keys = Api.Submissions.Select(call => call.Headers["Idempotency-Key"].ToString()).ToList();
        Assert.Equal(20, keys.Count);
        Assert.Equal(20, keys.Distinct().Count());
        Assert.All(keys, key => Assert.True(Guid.TryParse(key, out _), key));
    }

    [Fact]
    public async Task Nothing_is_sent_for_arguments_that_are_not_valid()
    {
        Assert.Equal(
            "invalid_arguments",
            (await App.Rpc.CallAsync("create_request", """{"priority":"low"}""", Given.Token)).ErrorCode
        );
        Assert.Empty(Api.Submissions);
    }

    [Fact]
    public async Task Callers_submit_as_themselves_also_at_once()
    {
        var tokens = Enumerable.Range(0, 20).Select(i => $"{Given.Token}-{i}").ToList();
        await Task.WhenAll(
            tokens.Select(token => App.Rpc.CallAsync("create_request", $$"""{"subject":"{{token[^2..]}}"}""", token))
        );
        Assert.All(Api.Submissions, call => Assert.Equal($$"""{"subject":"{{call.Token![^2..]}}"}""", call.Body));
        Assert.Equal(tokens.Order(), Api.Submissions.Select(call => call.Token!).Order());
    }

    [Fact]
    public async Task A_failed_submission_is_sent_once_and_logged()
    {
        await this.SubmitAsync("{}", 500);
        Assert.Single(Api.Submissions);
        Assert.Single(App.Log.Of(2000));
    }

    protected override Task<WatchedApp> StartAsync() => WatchedApp.StartSubmittingAsync(Api, Clock);
}
