using System.Diagnostics;
using System.Net;
using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Schemas;

namespace McpFunctionApp.Tests.Storage;

public sealed partial class TableStoreContractTests
{
    [NodeFact]
    public async Task A_ping_of_a_working_service_returns() => await Store.PingAsync(_table, s_none);

    [NodeFact]
    public async Task A_cancelled_call_is_cancelled_and_nothing_else()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        foreach (var call in Calls(Store, cancelled.Token))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(call);
        }
    }

    [NodeFact]
    public async Task A_wrong_key_is_a_clear_error_that_tells_no_secret()
    {
        const string WrongKey = "d3Jvbmcga2V5IHdyb25nIGtleSB3cm9uZyBrZXk=";
        var store = Open($"AccountName={AzuriteServer.Account};AccountKey={WrongKey};TableEndpoint={azurite.Endpoint}");

        foreach (var call in Calls(store, s_none))
        {
            var error = await Assert.ThrowsAsync<TableStoreException>(call);

            Assert.Equal((HttpStatusCode.Forbidden, false), (error.Status, error.IsTransient));
            Assert.NotNull(error.ErrorCode);
            Assert.Contains("key", error.Message, StringComparison.Ordinal);
            AssertTellsNothing(error, WrongKey);
        }
    }

    [NodeFact]
    public async Task A_service_that_is_down_is_a_quick_and_transient_error_until_it_is_back()
    {
        var port = FreePort.Next();
        var store = Open(TableProxy.ConnectionStringOf(port));
        await using (await TableProxy.StartAsync(azurite, port))
        {
            await store.PingAsync(_table, s_none);
        }

        await Task.WhenAll(Calls(store, s_none).Select(AssertIsQuickAsync));
        await using var back = await TableProxy.StartAsync(azurite, port);
        await store.UpsertAsync(_table, Row("p", "r"), s_none);
        Assert.NotNull(await store.GetAsync(_table, "p", "r", s_none));
    }

    private static async Task AssertIsQuickAsync(Func<Task> call)
    {
        var watch = Stopwatch.StartNew();
        var error = await Assert.ThrowsAsync<TableStoreException>(call);

        Assert.Equal((null, null, true), (error.Status, error.ErrorCode, error.IsTransient));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        AssertTellsNothing(error, AzuriteServer.Key);
    }

    /// <summary>Every operation once, with a key and a value that must not turn up in a message.</summary>
    private IEnumerable<Func<Task>> Calls(TableStore store, CancellationToken cancellationToken) =>
        [
            () => store.GetAsync(_table, "secretPartition", "secretRow", cancellationToken),
            () => store.UpsertAsync(_table, Row("secretPartition", "secretRow", ("V", "secretValue")), cancellationToken),
            () => store.InsertAsync(_table, Row("secretPartition", "secretRow", ("V", "secretValue")), cancellationToken),
            () => store.DeleteAsync(_table, "secretPartition", "secretRow", cancellationToken),
            () => store.PurgeAsync(_table, TableFilter.Equal("V", "secretValue"), cancellationToken),
            async () =>
                await store
                    .QueryAsync(_table, TableFilter.Equal("V", "secretValue"), [], cancellationToken)
                    .GetAsyncEnumerator(CancellationToken.None)
                    .MoveNextAsync(),
            () => store.PingAsync(_table, cancellationToken),
        ];

    private static void AssertTellsNothing(TableStoreException error, string key)
    {
        Assert.Null(error.InnerException);
        Assert.All(
            ["secret", "127.0.0.1", "localhost", AzuriteServer.Account, key[..8], "SharedKey"],
            secret => Assert.DoesNotContain(secret, error.ToString(), StringComparison.OrdinalIgnoreCase)
        );
    }
}
