using System.Net;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>However many ask at once, the form API is asked once per caller.</summary>
public sealed class FormSchemasFlightTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FakeFormApi _api = null!;
    private WatchedApp _app = null!;

    public async Task InitializeAsync()
    {
        _api = await FakeFormApi.StartAsync();
        _api.OnForm = async context =>
        {
            await _gate.Task;
            await FakeFormApi.Json(context, Given.Form);
        };
        _app = await WatchedApp.StartAsync(_api);
    }

    public async Task DisposeAsync()
    {
        _gate.TrySetResult();
        await _app.DisposeAsync();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task Two_hundred_first_lists_at_once_make_one_call_to_the_form_api()
    {
        var lists = Enumerable.Range(0, 200).Select(_ => _app.Rpc.ListAsync(Given.Token)).ToList();
        await Eventually.TrueAsync(() => Hosting(1) == 200, "200 requests arrive");
        _gate.SetResult();
        Assert.All(await Task.WhenAll(lists), answer => Assert.Contains("create_request", answer.ToolNames));
        Assert.Single(_api.Calls);
    }

    [Fact]
    public async Task Two_hundred_first_lists_at_once_share_one_failure_and_one_warning()
    {
        _api.OnForm = async context =>
        {
            await _gate.Task;
            context.Response.StatusCode = 401;
        };
        var lists = Enumerable.Range(0, 200).Select(_ => _app.Rpc.ListAsync(Given.Token)).ToList();
        await Eventually.TrueAsync(() => Hosting(1) == 200, "200 requests arrive");
        _gate.SetResult();
        Assert.All(await Task.WhenAll(lists), answer => Assert.Equal("rejected", answer.FallbackReason));
        Assert.Single(_api.Calls);
        Assert.Single(_app.Log.Of(3000));
    }

    [Fact]
    public async Task A_list_and_a_call_at_once_share_one_call_to_the_form_api()
    {
        var list = _app.Rpc.ListAsync(Given.Token);
        var call = _app.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        await Eventually.TrueAsync(() => Hosting(1) == 2, "both requests arrive");
        _gate.SetResult();
        Assert.Contains("create_request", (await list).ToolNames);
        Assert.False((await call).IsError);
        Assert.Single(_api.Calls);
    }

    [Fact]
    public async Task The_first_caller_hanging_up_does_not_fail_the_others()
    {
        using var hangUp = new CancellationTokenSource();
        var first = ListUntilAsync(hangUp.Token);
        await Eventually.TrueAsync(() => _api.Calls.Count == 1, "the form API is asked");
        var second = _app.Rpc.ListAsync(Given.Token);
        await Eventually.TrueAsync(() => Hosting(1) == 2, "the second request arrives");
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Eventually.TrueAsync(() => Hosting(2) > 0, "the server notices");
        _gate.SetResult();
        Assert.Contains("create_request", (await second).ToolNames);
        Assert.Single(_api.Calls);
    }

    [Fact]
    public async Task An_answer_that_nobody_waits_for_any_more_is_kept()
    {
        using var hangUp = new CancellationTokenSource();
        var only = ListUntilAsync(hangUp.Token);
        await Eventually.TrueAsync(() => _api.Calls.Count == 1, "the form API is asked");
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => only);
        await Eventually.TrueAsync(() => Hosting(2) > 0, "the server notices");
        _gate.SetResult();
        await Eventually.TrueAsync(() => _app.Log.Of(1001).Any(), "the form is fetched");
        Assert.Contains("create_request", (await _app.Rpc.ListAsync(Given.Token)).ToolNames);
        Assert.Single(_api.Calls);
    }

    [Fact]
    public async Task Two_callers_at_once_are_asked_for_apart_and_see_their_own_fields()
    {
        _api.ServeByToken(token => $$"""{"paramName":"{{(token == Given.Token ? "mine" : "yours")}}","type":"TextFieldRest"}""");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(i => _app.Rpc.ListAsync(i % 2 == 0 ? Given.Token : Given.OtherToken))
        );
        Assert.All(
            answers.Index(),
            answer =>
                Assert.NotNull(
                    answer.Item.Tool("create_request")["inputSchema"]!["properties"]![answer.Index % 2 == 0 ? "mine" : "yours"]
                )
        );
        Assert.Equal(2, _api.Calls.Count);
    }

    [Fact]
    public async Task A_token_that_differs_in_its_last_character_is_another_caller()
    {
        _gate.SetResult();
        await _app.Rpc.ListAsync(Given.Token + "1");
        await _app.Rpc.ListAsync(Given.Token + "2");
        Assert.Equal([Given.Token + "1", Given.Token + "2"], _api.Calls.Select(call => call.Token));
    }

    /// <summary>How many requests have started (1) or finished (2).</summary>
    private int Hosting(int eventId) =>
        _app.Log.Lines.Count(line =>
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
        using var response = await _app.Http.SendAsync(request, cancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
