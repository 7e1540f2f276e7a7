using System.Diagnostics;
using System.Net;
using McpFunctionApp.Storage;
using Microsoft.AspNetCore.Http;
using static McpFunctionApp.Tests.Storage.TableRest.FakeTableService;

namespace McpFunctionApp.Tests.Storage.TableRest;

public sealed class TableRestRetryTests : IDisposable
{
    private readonly RestStore _stores = new();

    private static readonly Dictionary<string, Func<HttpContext, Task>> s_passing = new()
    {
        ["429"] = Status(429, "TooManyRequests"),
        ["500"] = Status(500, "OperationTimedOut"),
        ["503"] = Status(503, "ServerBusy"),
        ["reset"] = Reset,
        ["half an answer"] = HalfAnAnswer,
    };

    public static TheoryData<string> Passing => [.. s_passing.Keys];

    public void Dispose() => _stores.Dispose();

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task Trouble_that_may_pass_is_tried_once_more(string trouble)
    {
        await using var service = await StartAsync(s_passing[trouble], Row());

        Assert.NotNull(await GetAsync(service));
        Assert.Equal(2, service.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task Trouble_that_stays_is_a_transient_error_after_the_second_attempt(string trouble)
    {
        await using var service = await StartAsync(s_passing[trouble]);

        var error = await Assert.ThrowsAsync<TableStoreException>(() => GetAsync(service));

        Assert.True(error.IsTransient);
        Assert.Equal(2, service.Requests.Count);
    }

    [Theory]
    [InlineData(400, "EntityTooLarge", false)]
    [InlineData(403, "AuthenticationFailed", false)]
    [InlineData(408, null, true)]
    [InlineData(409, "EntityAlreadyExists", false)]
    [InlineData(409, "TableBeingDeleted", true)]
    [InlineData(412, "UpdateConditionNotSatisfied", false)]
    [InlineData(501, "NotImplemented", false)]
    [InlineData(502, null, true)]
    [InlineData(504, null, true)]
    public async Task Any_other_answer_is_an_error_at_once(int status, string? code, bool isTransient)
    {
        await using var service = await StartAsync(Status(status, code));

        var error = await Assert.ThrowsAsync<TableStoreException>(() => UpsertAsync(service));

        Assert.Equal(((HttpStatusCode)status, code, isTransient), (error.Status!.Value, error.ErrorCode, error.IsTransient));
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task A_write_is_sent_again_whole()
    {
        var bodies = new List<string>();
        async Task ReadAsync(HttpContext context)
        {
            using var reader = new StreamReader(context.Request.Body);
            bodies.Add(await reader.ReadToEndAsync());
            context.Response.StatusCode = bodies.Count == 1 ? 503 : 204;
        }

        await using var service = await StartAsync(ReadAsync);
        await UpsertAsync(service);

        Assert.Equal(["""{"PartitionKey":"p","RowKey":"r","V":1}""", """{"PartitionKey":"p","RowKey":"r","V":1}"""], bodies);
    }

    [Fact]
    public async Task A_retry_waits_as_long_as_the_service_asks_for()
    {
        await using var service = await StartAsync(Status(503, retryAfter: "1"), Row());
        var watch = Stopwatch.StartNew();

        await GetAsync(service);

        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task A_retry_waits_no_longer_than_a_second()
    {
        await using var service = await StartAsync(Status(503, retryAfter: "3600"), Row());

        Assert.NotNull(await GetAsync(service).WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_for_a_retry()
    {
        using var cancel = new CancellationTokenSource();
        await using var service = await StartAsync(async context =>
        {
            await Status(503, retryAfter: "1")(context);
            await context.Response.CompleteAsync();
            cancel.CancelAfter(TimeSpan.FromMilliseconds(200));
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => GetAsync(service, cancel.Token));
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_for_a_slow_answer()
    {
        using var cancel = new CancellationTokenSource();
        await using var service = await StartAsync(async context =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => GetAsync(service, cancel.Token));
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task An_answer_that_takes_too_long_is_a_transient_error_and_not_waited_for_twice()
    {
        using var impatient = new RestStore(TimeSpan.FromMilliseconds(200));
        await using var service = await StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));

        var error = await Assert.ThrowsAsync<TableStoreException>(() => impatient.Open(service.ConnectionString).GetAsync("rows", "p", "r", CancellationToken.None));

        Assert.Equal((null, true), (error.Status, error.IsTransient));
        Assert.Single(service.Requests);
    }

    private Task<TableRow?> GetAsync(FakeTableService service, CancellationToken cancellationToken = default) =>
        _stores.Open(service.ConnectionString).GetAsync("rows", "p", "r", cancellationToken);

    private Task UpsertAsync(FakeTableService service) =>
        _stores.Open(service.ConnectionString).UpsertAsync("rows", new("p", "r", new Dictionary<string, object> { ["V"] = 1 }), CancellationToken.None);
}
