using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Execution;

/// <summary>Once sent, a submission goes on although the client has gone: the request may exist by then.</summary>
public sealed class FormSubmissionHangUpTests
{
    [Fact]
    public async Task A_client_that_hangs_up_does_not_cancel_what_was_sent()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var aborted = false;
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        api.OnSubmit = async context =>
        {
            await gate.Task;
            aborted = context.RequestAborted.IsCancellationRequested;
            await FakeFormApi.Json(context, """{"id":1}""", 201);
        };
        await using var app = await WatchedApp.StartSubmittingAsync(api);
        using var hangUp = new CancellationTokenSource();
        var call = CallUntilAsync(app, hangUp.Token);
        await Eventually.TrueAsync(() => api.Submissions.Count == 1, "the request is submitted");
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.TrueAsync(
            () => app.Log.Lines.Any(line => line.Text.Contains("disconnecting", StringComparison.Ordinal)),
            "the server notices"
        );
        gate.SetResult();
        await Eventually.TrueAsync(() => app.Log.Of(4010).Any(), "the call is logged");
        Assert.Contains(": ok in", app.Log.Of(4010).Single().Text, StringComparison.Ordinal);
        Assert.False(aborted);
        Assert.Single(api.Submissions);
    }

    private static async Task CallUntilAsync(WatchedApp app, CancellationToken cancellationToken)
    {
        var body =
            $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"create_request","arguments":"""
            + $$$"""{{{Given.Call}}}}}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(body, null, "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Authorization = new("Bearer", Given.Token);
        using var response = await app.Http.SendAsync(request, cancellationToken);
    }
}
