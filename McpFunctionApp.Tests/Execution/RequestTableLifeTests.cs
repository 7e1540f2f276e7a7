using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Schemas;

namespace McpFunctionApp.Tests.Execution;

/// <summary>Rows outlive the server and its table's outages, until they are past Execution:RetentionDays.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class RequestTableLifeTests(AzuriteServer azurite)
{
    [NodeFact]
    public async Task Rows_are_kept_for_RetentionDays_and_then_removed()
    {
        await using var app = await RecordingApp.StartAsync(
            azurite.ConnectionString,
            new() { ["Execution:RetentionDays"] = "3" }
        );
        var first = app.Today;
        await app.CallAsync();
        await app.CallAsync();
        app.Clock.Advance(TimeSpan.FromDays(3));
        var last = app.Today;
        await app.CallAsync();
        await app.Requests.PurgeAsync(CancellationToken.None);
        Assert.Equal(2, (await app.RowsAsync(first)).Count);

        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.True(await app.Requests.PurgeAsync(CancellationToken.None) >= 2);
        Assert.Empty(await app.RowsAsync(first));
        Assert.Single(await app.RowsAsync(last));
        Assert.Equal(0, await app.Requests.PurgeAsync(CancellationToken.None));
    }

    [NodeFact]
    public async Task Without_a_setting_they_are_kept_for_90_days()
    {
        await using var app = await RecordingApp.StartAsync(azurite.ConnectionString);
        var day = app.Today;
        await app.CallAsync();
        app.Clock.Advance(TimeSpan.FromDays(90));
        await app.Requests.PurgeAsync(CancellationToken.None);
        Assert.Single(await app.RowsAsync(day));
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.Requests.PurgeAsync(CancellationToken.None);
        Assert.Empty(await app.RowsAsync(day));
    }

    [NodeFact]
    public async Task After_an_outage_calls_are_recorded_again()
    {
        var port = FreePort.Next();
        await using var app = await RecordingApp.StartAsync(TableProxy.ConnectionStringOf(port));
        Assert.Equal("submission_failed", (await app.CallAsync()).ErrorCode);
        await using var service = await TableProxy.StartAsync(azurite, port);
        Assert.False((await app.CallAsync()).IsError);
        Assert.Single(await app.RowsAsync());
    }
}
