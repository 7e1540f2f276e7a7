using System.Net;
using Azure.Data.Tables;
using McpFunctionApp.Administration;
using McpFunctionApp.Schemas;
using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>Two instances of the app that share a form API, a clock and one Azurite, which is emptied first.</summary>
internal sealed class TableRig : IAsyncDisposable
{
    private const string AdminKey = "an admin's long and random key";

    private readonly List<TestApp> _apps = [];
    private readonly string _connection;

    private TableRig(FakeFormApi api, TableProxy proxy, string connection)
    {
        Api = api;
        Proxy = proxy;
        Store = OpenedStore.Of(connection);
        _connection = connection;
    }

    public ManualClock Clock { get; } = new();

    public FakeFormApi Api { get; }

    /// <summary>What the first instance takes for its table service; the second speaks to Azurite itself.</summary>
    public TableProxy Proxy { get; }

    /// <summary>The table as it is, whatever happens to the instances.</summary>
    public TableStore Store { get; }

    public TestApp First { get; private set; } = null!;

    public TestApp Second { get; private set; } = null!;

    public static async Task<TableRig> StartAsync(AzuriteServer azurite)
    {
        var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        var rig = new TableRig(api, await TableProxy.StartAsync(azurite), azurite.ConnectionString);
        await Task.WhenAll(((string[])["schemas", "requests", "keys", "claims"]).Select(rig.EmptyAsync));
        rig.First = await rig.AddAsync(("TableStorage", rig.Proxy.ConnectionString));
        rig.Second = await rig.AddAsync();
        return rig;
    }

    /// <summary>One more instance, with these settings instead of the usual ones.</summary>
    public async Task<TestApp> AddAsync(params (string Name, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Forms:0:Url"] = Api.FormUrl,
            ["Forms:0:SubmitUrl"] = Api.SubmitUrl,
            ["TableStorage"] = _connection,
            ["Admin:Key"] = AdminKey,
            ["RateLimit:PermitsPerMinute"] = "0",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var app = await TestApp.StartAsync(all, Clock);
        lock (_apps)
        {
            _apps.Add(app);
        }

        return app;
    }

    /// <summary>Stops an instance as a host does; it may be told so only once.</summary>
    public ValueTask StopAsync(TestApp app)
    {
        _apps.Remove(app);
        return app.DisposeAsync();
    }

    public void Advance(double seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>How many times the form API is asked for one list, whose writes are waited for.</summary>
    public async Task<int> CallsOfListAsync(TestApp app, string token = Given.Token, string tool = "create_request")
    {
        var before = Api.FormCalls.Count;
        Assert.Contains(tool, (await app.Rpc.ListAsync(token)).ToolNames);
        await DrainAsync(app);
        return Api.FormCalls.Count - before;
    }

    /// <summary>The remaining life that a list tells.</summary>
    public static async Task<double> TtlAsync(TestApp app, string token = Given.Token) =>
        (double)(await app.Rpc.ListAsync(token, perRequest: true)).Result["ttlMs"]!;

    public static Task DrainAsync(TestApp app) =>
        app.Services.GetRequiredService<TableWrites>().DrainAsync(CancellationToken.None);

    public static Task PurgeAsync(TestApp app) => app.Services.GetRequiredService<PurgeJob>().RunAsync(CancellationToken.None);

    /// <summary>Deletes a table itself, as somebody with a tool of their own may.</summary>
    public Task DeleteTableAsync(string table) => new TableServiceClient(_connection).DeleteTableAsync(table);

    public static bool IsPaused(TestApp app) => app.Services.GetRequiredService<SchemaTable>().IsPaused;

    /// <summary><c>DELETE /cache</c>, with the key.</summary>
    public static async Task<HttpStatusCode> InvalidateAsync(TestApp app)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/cache") { Headers = { { "x-functions-key", AdminKey } } };
        using var response = await app.Http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary><c>DELETE /cache/me</c>.</summary>
    public static async Task<HttpStatusCode> DropMineAsync(TestApp app, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/cache/me");
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        using var response = await app.Http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary><c>GET /cache</c>, with the key.</summary>
    public static async Task<JsonElement> ReportAsync(TestApp app)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/cache") { Headers = { { "x-functions-key", AdminKey } } };
        using var response = await app.Http.SendAsync(request);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return json.RootElement.Clone();
    }

    /// <summary>All rows that hold a form.</summary>
    public async Task<List<TableRow>> FormRowsAsync() =>
        [.. (await RowsAsync("schemas")).Where(row => row.PartitionKey != "generation")];

    public async Task<List<TableRow>> RowsAsync(string table)
    {
        var rows = new List<TableRow>();
        await foreach (var row in Store.QueryAsync(table, "", [], CancellationToken.None))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>What an operator sees of this instance: everything from Warning on.</summary>
    public static List<int> Warnings(TestApp app) =>
        [.. app.Log.Lines.Where(line => line.Level >= LogLevel.Warning).Select(line => line.EventId)];

    /// <summary>From now on a form is answered only when the gate opens.</summary>
    public TaskCompletionSource HoldForms(string fields = Given.Fields)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Api.OnForm = async context =>
        {
            await gate.Task;
            await FakeFormApi.Json(context, $$"""{"fieldList":[{{fields}}]}""");
        };
        return gate;
    }

    /// <summary>Waits until the form API has been asked this many times in all.</summary>
    public Task AskedAsync(int times) =>
        Eventually.TrueAsync(() => Api.FormCalls.Count >= times, $"the form API is asked {times} times");

    /// <summary>Takes every form out of the table, past the instances.</summary>
    public async Task DeleteFormRowsAsync()
    {
        foreach (var row in await FormRowsAsync())
        {
            await Store.DeleteAsync("schemas", row.PartitionKey, row.RowKey, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps)
        {
            await app.DisposeAsync();
        }

        await Proxy.DisposeAsync();
        await Api.DisposeAsync();
    }

    private async Task EmptyAsync(string table)
    {
        foreach (var row in await RowsAsync(table))
        {
            await Store.DeleteAsync(table, row.PartitionKey, row.RowKey, CancellationToken.None);
        }
    }
}
