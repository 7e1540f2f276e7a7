namespace McpFunctionApp.Tests.Schemas;

/// <summary>Tests with two instances of the app that share a table: anew for every test, or once for all tests of a class where
/// a class fixture derives from this. Each class names its Azurite by the collection that it is of.</summary>
public abstract class TableTests(AzuriteServer azurite) : IAsyncLifetime
{
    private protected AzuriteServer Azurite { get; } = azurite;

    internal TableRig Rig { get; private set; } = null!;

    /// <summary>Starts them; does nothing on a machine without Node, where the tests are skipped.</summary>
    public async Task InitializeAsync()
    {
        if (NodeRig.Missing is null)
        {
            Rig = await TableRig.StartAsync(Azurite);
            await PrepareAsync();
        }
    }

    public async Task DisposeAsync() => await (Rig?.DisposeAsync() ?? ValueTask.CompletedTask);

    /// <summary>What else a class needs, once both instances are there.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;
}
