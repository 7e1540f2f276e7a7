using Azure.Data.Tables;
using McpFunctionApp.Tests.FunctionsHost;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Hosting.Functions;

/// <summary>The app as a worker in front of a form API and an Azurite: each test has a token of its own.</summary>
public sealed class WorkerWorld : IAsyncLifetime
{
    private readonly AzuriteServer _azurite = new();

    public FakeFormApi Api { get; private set; } = null!;

    /// <summary>A moment between the start of the worker and the first request to it.</summary>
    public DateTimeOffset HasStarted { get; private set; }

    internal WorkerHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (NodeRig.Missing is not null)
        {
            return;
        }

        await _azurite.InitializeAsync();
        Api = await FakeFormApi.StartAsync();
        ServeForms();
        Host = await StartHostAsync();
        HasStarted = DateTimeOffset.UtcNow;
    }

    /// <summary>A token that the form API gives a form to, of this test alone.</summary>
    public static string TokenOf(string test) => $"{Given.Token}.{test}";

    public void ServeForms() =>
        Api.ServeByToken(token => token.StartsWith(Given.Token, StringComparison.Ordinal) ? Given.Fields : null);

    public int FormCallsOf(string token) => Api.FormCalls.Count(call => call.Token == token);

    /// <summary>How many forms the table holds, whoever's they are.</summary>
    public int FormRows() =>
        new TableServiceClient(_azurite.ConnectionString).GetTableClient("schemas").Query<TableEntity>().Count();

    /// <summary>Another worker on the same table.</summary>
    internal Task<WorkerHost> StartHostAsync(string memoryTtlSeconds = "60") =>
        WorkerHost.StartAsync(
            new Dictionary<string, string?>
            {
                ["Forms:0:Url"] = Api.FormUrl,
                ["TableStorage"] = _azurite.ConnectionString,
                ["Schemas:MemoryTtlSeconds"] = memoryTtlSeconds,
            }
        );

    public async Task DisposeAsync()
    {
        if (Host is not null)
        {
            await Host.DisposeAsync();
            await Api.DisposeAsync();
            await _azurite.DisposeAsync();
            TokenLeaks.AssertNone(Host.Log.Lines.Select(line => line.Text), [Given.Token, Given.OtherToken]);
        }
    }
}
