using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Sample;
using McpFunctionApp.Tests.Storage;

namespace McpFunctionApp.Tests.Hosting;

/// <summary>On Kestrel the purge runs by itself, hour after hour.</summary>
public sealed class PurgeServiceTests
{
    private const int Purged = 6010;
    private const int Failed = 6011;

    [Fact]
    public async Task The_purge_runs_every_hour_and_goes_on_after_trouble()
    {
        var timers = new StoppedTimers();
        var isDown = true;
        await using var table = await FakeTableService.StartAsync(context =>
            isDown ? FakeTableService.Status(403)(context) : FakeTableService.Row("""{"value":[]}""")(context)
        );
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?>
            {
                ["Forms:0:Url"] = "http://127.0.0.1:9/form",
                ["TableStorage"] = table.ConnectionString,
            },
            timers
        );
        var hour = await timers.NextAsync();
        Assert.Equal(TimeSpan.FromHours(1), hour.Due);
        Assert.Empty(table.Requests);

        hour.Fire();
        await Eventually.TrueAsync(() => app.Log.Of(Failed).Any(), "the purge fails");
        isDown = false;
        hour.Fire();
        await Eventually.TrueAsync(() => app.Log.Of(Purged).Any(), "the purge runs again");
        Assert.Single(app.Log.Of(Failed));
    }
}
