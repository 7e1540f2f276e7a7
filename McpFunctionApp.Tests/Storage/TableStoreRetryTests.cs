using System.Diagnostics;
using System.Net;
using McpFunctionApp.Storage;
using Microsoft.AspNetCore.Http;
using static McpFunctionApp.Tests.Storage.FakeTableService;

namespace McpFunctionApp.Tests.Storage;

/// <summary>What is tried once more, what is not, and what may have been done all the same.</summary>
public sealed class TableStoreRetryTests
{
    private static readonly TableRow s_row = new("p", "r", new Dictionary<string, object> { ["V"] = 1 });

    private static readonly Dictionary<string, Func<HttpContext, Task>> s_passing = new()
    {
        ["429"] = Status(429, "TooManyRequests"),
        ["500"] = Status(500, "OperationTimedOut"),
        ["503"] = Status(503, "ServerBusy"),
        ["reset"] = Reset,
        ["half an answer"] = HalfAnAnswer,
    };

    public static TheoryData<string> Passing => [.. s_passing.Keys];

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
    [InlineData(409, "EntityAlreadyExists", false)]
    [InlineData(409, "TableBeingDeleted", true)]
    [InlineData(412, "UpdateConditionNotSatisfied", false)]
    [InlineData(501, "NotImplemented", false)]
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

        Assert.Equal(2, bodies.Count);
        Assert.Equal(bodies[0], bodies[1]);
        Assert.Contains("\"V\":1", bodies[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retry_waits_as_long_as_the_service_asks_for()
    {
        await using var service = await StartAsync(Status(503, retryAfter: "1"), Row());
        var watch = Stopwatch.StartNew();

        await GetAsync(service);

        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(0.9));
    }

    [Theory]
    [InlineData("3600")]
    [InlineData("Wed, 21 Oct 2099 07:28:00 GMT")]
    public async Task A_service_that_asks_for_more_patience_than_a_second_is_not_asked_again(string pause)
    {
        await using var service = await StartAsync(Status(503, retryAfter: pause), Row());

        var get = GetAsync(service).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True((await Assert.ThrowsAsync<TableStoreException>(() => get)).IsTransient);
        Assert.Single(service.Requests);
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
    public async Task Cancelling_a_second_attempt_after_a_lost_one_is_a_cancellation()
    {
        using var cancel = new CancellationTokenSource();
        await using var service = await StartAsync(
            Reset,
            async context =>
            {
                await cancel.CancelAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
        );

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => GetAsync(service, cancel.Token));
        Assert.Equal(2, service.Requests.Count);
    }

    [Theory]
    [InlineData("reset", true)]
    [InlineData("half an answer", true)]
    [InlineData("500", true)]
    [InlineData("429", false)]
    [InlineData("503", false)]
    public async Task A_write_without_an_answer_that_settles_it_may_be_done(string trouble, bool mayBeDone)
    {
        await using var service = await StartAsync(s_passing[trouble]);

        Assert.Equal(mayBeDone, (await Assert.ThrowsAsync<TableStoreException>(() => UpsertAsync(service))).MayBeDone);
    }

    [Fact]
    public async Task A_write_whose_first_attempt_was_lost_may_be_done_whatever_the_second_is_answered()
    {
        await using var service = await StartAsync(Reset, Status(503, "ServerBusy"));

        Assert.True((await Assert.ThrowsAsync<TableStoreException>(() => UpsertAsync(service))).MayBeDone);
    }

    [Fact]
    public async Task A_write_that_nobody_was_there_for_is_not_done()
    {
        var store = OpenedStore.Of("AccountName=fake;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:9/fake");

        var error = await Assert.ThrowsAsync<TableStoreException>(() => store.UpsertAsync("rows", s_row, CancellationToken.None));
        Assert.False(error.MayBeDone);
    }

    private static Task<TableRow?> GetAsync(FakeTableService service, CancellationToken cancellationToken = default) =>
        OpenedStore.Of(service.ConnectionString).GetAsync("rows", "p", "r", cancellationToken);

    private static Task UpsertAsync(FakeTableService service) =>
        OpenedStore.Of(service.ConnectionString).UpsertAsync("rows", s_row, CancellationToken.None);
}
