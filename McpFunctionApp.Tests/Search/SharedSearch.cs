namespace McpFunctionApp.Tests.Search;

/// <summary>One rig for the tests of a class that leave nothing behind, or begin anew.</summary>
public sealed class SharedSearch : IAsyncLifetime
{
    internal SearchRig Rig { get; private set; } = null!;

    public async Task InitializeAsync() => Rig = await SearchRig.StartAsync();

    public async Task DisposeAsync() => await Rig.DisposeAsync();
}
