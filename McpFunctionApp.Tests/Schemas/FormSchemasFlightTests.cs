using System.Net;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>However many ask at once, the form API is asked once per caller.</summary>
public sealed class FormSchemasFlightTests : AppTests<WatchedApp>
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override async Task DisposeAsync()
    {
        _gate.TrySetResult();
        await base.DisposeAsync();
    }

    protected override void ServeForm() =>
        Api.OnForm = async context =>
        {
            await _gate.Task;
            await FakeFormApi.Json(context, Given.Form);
        };

    protected override Task<WatchedApp> StartAsync() => WatchedApp.StartAsync(Api);

    [Fact]
    public async Task Two_hundred_first_lists_at_once_make_one_call_to_the_form_api()
    {
        var lists = Enumerable.Range(0, 200).Select(_ => App.Rpc.ListAsync(Given.Token)).ToList();
        await Eventually.TrueAsync(() => Hosting(1) == 200, "200 requests arrive");
        _gate.SetResult();
        Assert.All(await Task.WhenAll(lists), answer => Assert.Contains("create_request", answer.ToolNames));
        Assert.Single(Api.Calls);
    }

    [Fact]
    public async Task Two_hundred_first_lists_at_once_share_one_failure_and_one_warning()
    {
        Api.OnForm = async context =>
        {
            await _gate.Task;
            context.Response.StatusCode = 401;
        };
        var lists = Enumerable.Range(0, 200).Select(_ => App.Rpc.ListAsync(Given.Token)).ToList();
        await Eventually.TrueAsync(() => Hosting(1) == 200, "200 requests arrive");
        _gate.SetResult();
        Assert.All(await Task.WhenAll(lists), answer => Assert.Equal("rejected", answer.FallbackReason));
        Assert.Single(Api.Calls);
        Assert.Single(App.Log.Of(3000));
    }

    [Fact]
    public async Task A_list_and_a_call_at_once_share_one_call_to_the_form_api()
    {
        var list = App.Rpc.ListAsync(Given.Token);
        var call = App.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        await Eventually.TrueAsync(() => Hosting(1) == 2, "both requests arrive");
        _gate.SetResult();
        Assert.Contains("create_request", (await list).ToolNames);
        Assert.False((await call).IsError);
        Assert.Single(Api.Calls);
    }

    [Fact]
    public async Task The_first_caller_hanging_up_does_not_fail_the_others()
    {
        using var hangUp = new CancellationTokenSource();
        var first = ListUntilAsync(hangUp.Token);
        await Eventually.TrueAsync(() => Api.Calls.Count == 1, "the form API is asked");
        var second = App.Rpc.ListAsync(Given.Token);
        await Eventually.TrueAsync(() => Hosting(1) == 2, "the second request arrives");
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Eventually.TrueAsync(() => Hosting(2) > 0, "the server notices");
        _gate.SetResult();
        Assert.Contains("create_request", (await second).ToolNames);
        Assert.Single(Api.Calls);
    }

    [Fact]
    public async Task An_answer_that_nobody_waits_for_any_more_is_kept()
    {
        using var hangUp = new CancellationTokenSource();
        var only = ListUntilAsync(hangUp.Token);
        await Eventually.TrueAsync(() => Api.Calls.Count == 1, "the form API is asked");
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => only);
        await Eventually.TrueAsync(() => Hosting(2) > 0, "the server notices");
        _gate.SetResult();
        await Eventually.TrueAsync(() => App.Log.Of(1001).Any(), "the form is fetched");
        Assert.Contains("create_request", (await App.Rpc.ListAsync(Given.Token)).ToolNames);
        Assert.Single(Api.Calls);
    }

    [Fact]
    public async Task Two_callers_at_once_are_asked_for_apart_and_see_their_own_fields()
    {
        Api.ServeByToken(token => $$"""{"paramName":"{{(token == Given.Token ? "mine" : "yours")}}","type":"TextFieldRest"}""");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(i => App.Rpc.ListAsync(i % 2 == 0 ? Given.Token : Given.OtherToken))
        );
        Assert.All(
            answers.Index(),
            answer =>
                Assert.NotNull(
                    answer.Item.Tool("create_request")["inputSchema"]!["properties"]![answer.Index % 2 == 0 ? "mine" : "yours"]
                )
        );
        Assert.Equal(2, Api.Calls.Count);
    }

    [Fact]
    public async Task A_token_that_differs_in_its_last_character_is_another_caller()
    {
        _gate.SetResult();
        await App.Rpc.ListAsync(Given.Token + "1");
        await App.Rpc.ListAsync(Given.Token + "2");
        Assert.Equal([Given.Token + "1", Given.Token + "2"], Api.Calls.Select(call => call.Token));
    }

    /// <summary>How many requests have started (1) or finished (2).</summary>
    private int Hosting(int eventId) =>
        App.Log.Lines.Count(line =>
            line.Category.EndsWith("Hosting.Diagnostics", StringComparison.Ordinal) && line.EventId == eventId
        );

    private async Task ListUntilAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", null, "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Authorization = new("Bearer", Given.Token);
        using var response = await App.Http.SendAsync(request, cancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
