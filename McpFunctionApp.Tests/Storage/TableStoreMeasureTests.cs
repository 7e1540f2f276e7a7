using System.Diagnostics;
using McpFunctionApp.Storage;
using McpFunctionApp.Telemetry;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Storage;

/// <summary>Every operation is one measurement and one span, which name the table and nothing that is in it.</summary>
[Collection(SecondAzuriteCollection.Name)]
public sealed class TableStoreMeasureTests(AzuriteServer azurite)
{
    private const string Metric = "db.client.operation.duration";

    private static readonly TableRow s_row = new(
        "secretPartition",
        "secretRow",
        new Dictionary<string, object> { ["V"] = "secretValue" }
    );

    private readonly string _table = $"t{Guid.NewGuid():N}";

    [NodeTheory]
    [InlineData("get")]
    [InlineData("upsert")]
    [InlineData("insert")]
    [InlineData("delete")]
    [InlineData("purge")]
    [InlineData("query")]
    public async Task An_operation_is_measured_once(string operation)
    {
        await using var app = await StartAsync(azurite.ConnectionString);
        using var metrics = new MetricWatch(app.Services);
        var spans = await SpansOfAsync(() => RunAsync(app, operation, CancellationToken.None));

        Assert.Equal(
            1,
            metrics.Count(
                Metric,
                ("db.system.name", "azure.table"),
                ("db.operation.name", operation),
                ("db.collection.name", _table)
            )
        );
        Assert.Equal(0, metrics.Count(Metric, ("error.type", "no_answer")));
        var span = Assert.Single(spans);
        Assert.Equal($"{operation} {_table}", span.DisplayName);
        Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("get")]
    [InlineData("upsert")]
    [InlineData("insert")]
    [InlineData("delete")]
    [InlineData("purge")]
    [InlineData("query")]
    public async Task An_operation_that_fails_is_measured_with_its_error(string operation)
    {
        await using var service = await FakeTableService.StartAsync(FakeTableService.Status(403, "AuthenticationFailed"));
        await using var app = await StartAsync(service.ConnectionString);
        using var metrics = new MetricWatch(app.Services);
        var spans = await SpansOfAsync(() =>
            Assert.ThrowsAsync<TableStoreException>(() => RunAsync(app, operation, CancellationToken.None))
        );

        Assert.Equal(1, metrics.Count(Metric, ("db.operation.name", operation), ("error.type", "403")));
        Assert.Equal(ActivityStatusCode.Error, Assert.Single(spans).Status);
    }

    [Fact]
    public async Task No_answer_and_a_cancellation_are_errors_of_their_own()
    {
        await using var app = await StartAsync("AccountName=fake;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:9/fake");
        using var metrics = new MetricWatch(app.Services);
        await Assert.ThrowsAsync<TableStoreException>(() => RunAsync(app, "get", CancellationToken.None));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            RunAsync(app, "get", new CancellationToken(canceled: true))
        );

        Assert.Equal(1, metrics.Count(Metric, ("error.type", "no_answer")));
        Assert.Equal(1, metrics.Count(Metric, ("error.type", "aborted")));
    }

    private static Task<TestApp> StartAsync(string table) =>
        TestApp.StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = "http://127.0.0.1:9/form", ["TableStorage"] = table }
        );

    private async Task<List<Activity>> SpansOfAsync(Func<Task> run)
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source == AppSpans.Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.DisplayName.EndsWith(_table, StringComparison.Ordinal))
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await run();
        return spans;
    }

    private async Task RunAsync(TestApp app, string operation, CancellationToken cancellationToken)
    {
        var store = app.Services.GetRequiredService<TableStore>();
        await (
            operation switch
            {
                "get" => store.GetAsync(_table, s_row.PartitionKey, s_row.RowKey, cancellationToken),
                "upsert" => store.UpsertAsync(_table, s_row, cancellationToken),
                "insert" => store.InsertAsync(_table, s_row, cancellationToken),
                "delete" => store.DeleteAsync(_table, s_row.PartitionKey, s_row.RowKey, cancellationToken),
                "purge" => store.PurgeAsync(_table, TableFilter.Equal("V", "secretValue"), cancellationToken),
                _ => store.QueryAsync(_table, "", [], cancellationToken).CountAsync(cancellationToken).AsTask(),
            }
        );
    }
}
