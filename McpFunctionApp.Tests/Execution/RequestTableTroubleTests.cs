using McpFunctionApp.Execution;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Execution;

/// <summary>
/// A call whose row is not written, or nobody can say, is an error and never a success; one line in the log says why, and what
/// may be there is told apart from what is not.
/// </summary>
public sealed class RequestTableTroubleTests
{
    private const int NotRecorded = 2021;
    private const int Unknown = 2022;
    private const int Recorded = 2020;

    [Theory]
    [InlineData(400, "InvalidInput")]
    [InlineData(403, "AuthenticationFailed")]
    [InlineData(404, null)]
    [InlineData(409, "TableBeingDeleted")]
    [InlineData(413, "RequestBodyTooLarge")]
    [InlineData(302, null)]
    [InlineData(500, "InternalError")]
    [InlineData(503, "ServerBusy")]
    public async Task An_answer_that_is_no_success_makes_the_call_an_error(int status, string? code) =>
        await AssertFailsAsync(FakeTableService.Status(status, code, retryAfter: "0"), $"{status}");

    [Fact]
    public async Task A_connection_that_breaks_leaves_it_unknown_whether_the_request_is_there() =>
        await AssertUnknownAsync(FakeTableService.Reset, "the connection was lost");

    [Fact]
    public async Task A_table_slower_than_the_forms_limit_leaves_it_unknown() =>
        await AssertUnknownAsync(
            context => Task.Delay(Timeout.Infinite, context.RequestAborted),
            "did not answer within 1 s",
            haste: 5
        );

    [Fact]
    public async Task A_gateway_that_gave_up_waiting_leaves_it_unknown() =>
        await AssertUnknownAsync(FakeTableService.Status(504), "504");

    [Fact]
    public async Task A_table_that_nobody_serves_makes_the_call_an_error()
    {
        await using var app = await RecordingApp.StartAsync(
            "AccountName=fake;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:9/fake"
        );
        var answer = await app.CallAsync();
        AssertError(answer, app, ("submission_failed", NotRecorded), "could not be recorded", "no connection could be made");
    }

    [Fact]
    public async Task A_row_is_written_although_the_client_has_hung_up()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var table = await StartTableAsync(async context =>
        {
            asked.SetResult();
            await released.Task;
            context.Response.StatusCode = 204;
        });
        await using var app = await RecordingApp.StartAsync(table.ConnectionString);
        using var client = new HttpClient { BaseAddress = app.App.Http.BaseAddress };
        var call = new RpcClient(client).CallAsync("create_request", Given.Call, Given.Token);
        await asked.Task;
        client.CancelPendingRequests();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        released.SetResult();
        await Eventually.TrueAsync(() => app.App.Log.Of(Recorded).Any(), "the row is written");
        Assert.Empty(app.App.Log.Of(NotRecorded).Concat(app.App.Log.Of(Unknown)));
    }

    private static Task AssertFailsAsync(Func<HttpContext, Task> onRow, string reason) =>
        AssertErrorAsync(onRow, ("submission_failed", NotRecorded), "could not be recorded", reason, seconds: 10);

    private static Task AssertUnknownAsync(Func<HttpContext, Task> onRow, string reason, int haste = 1) =>
        AssertErrorAsync(onRow, ("submission_outcome_unknown", Unknown), "Check before repeating", reason, haste: haste);

    private static async Task AssertErrorAsync(
        Func<HttpContext, Task> onRow,
        (string Code, int EventId) expected,
        string text,
        string reason,
        int seconds = 1,
        int haste = 1
    )
    {
        await using var table = await StartTableAsync(onRow);
        await using var app = await RecordingApp.StartAsync(
            table.ConnectionString,
            new() { ["Forms:0:TimeoutSeconds"] = $"{seconds}" }
        );
        await app.App.Rpc.ListAsync(Given.Token);
        app.Clock.Haste = haste;
        AssertError(await app.CallAsync(), app, expected, text, reason);
    }

    private static void AssertError(
        RpcAnswer answer,
        RecordingApp app,
        (string Code, int EventId) expected,
        string text,
        string reason
    )
    {
        Assert.True(answer.IsError);
        Assert.Equal(expected.Code, answer.ErrorCode);
        Assert.Null(answer.Result["structuredContent"]);
        Assert.Contains(text, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", answer.Body, StringComparison.Ordinal);

        var line = Assert.Single(app.App.Log.Lines, line => line.Level >= LogLevel.Error);
        Assert.Equal(expected.EventId, line.EventId);
        Assert.Contains("create_request", line.Text, StringComparison.Ordinal);
        Assert.Contains(reason, line.Text, StringComparison.Ordinal);
        Assert.Empty(app.App.Log.Of(Recorded));
        TokenLeaks.AssertNone([answer.Body, .. app.App.Log.Lines.Select(l => l.Text)], [Given.Token]);
    }

    /// <summary>A table service that has no forms and answers so when a request is written.</summary>
    private static Task<FakeTableService> StartTableAsync(Func<HttpContext, Task> onRow) =>
        FakeTableService.StartAsync(context =>
            context.Request.Path.Value!.Contains($"/{RequestTable.Table}(", StringComparison.Ordinal) ? onRow(context)
            : context.Request.Method == "PUT" ? FakeTableService.Status(204)(context)
            : FakeTableService.Status(404, "ResourceNotFound")(context)
        );
}
