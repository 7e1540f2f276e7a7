using System.Text;
using McpFunctionApp.Execution;
using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Execution;

/// <summary>The app in front of a form without a SubmitUrl, with a table, in a hundred days that no other test has.</summary>
internal sealed class RecordingApp : IAsyncDisposable
{
    private static int s_apps;

    private RecordingApp(FakeFormApi api, TestApp app, ManualClock clock) => (Api, App, Clock) = (api, app, clock);

    public FakeFormApi Api { get; }

    public TestApp App { get; }

    public ManualClock Clock { get; }

    public string Today => $"{Clock.GetUtcNow():yyyy-MM-dd}";

    public RequestTable Requests => App.Services.GetRequiredService<RequestTable>();

    public TableStore Store => App.Services.GetRequiredService<TableStore>();

    public static async Task<RecordingApp> StartAsync(string tableStorage, Dictionary<string, string?>? settings = null)
    {
        var clock = new ManualClock();
        clock.Advance(TimeSpan.FromDays(100 * Interlocked.Increment(ref s_apps)));
        var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        return new(api, await TestApp.StartAsync(api, clock, new(settings ?? []) { ["TableStorage"] = tableStorage }), clock);
    }

    public Task<RpcAnswer> CallAsync(string arguments = Given.Call, string token = Given.Token) =>
        App.Rpc.CallAsync("create_request", arguments, token);

    /// <summary>The rows of a day, as the table has them.</summary>
    public async Task<IReadOnlyList<TableRow>> RowsAsync(string? date = null)
    {
        var rows = new List<TableRow>();
        await foreach (
            var row in Store.QueryAsync(
                RequestTable.Table,
                TableFilter.Equal("PartitionKey", date ?? Today),
                [],
                CancellationToken.None
            )
        )
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Everything that a row holds, as text.</summary>
    public static IEnumerable<string> Texts(TableRow row) =>
        [
            row.PartitionKey,
            row.RowKey,
            .. row.Values.Keys,
            .. row.Values.Values.Select(value => value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : $"{value}"),
        ];

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Api.DisposeAsync();
    }
}
