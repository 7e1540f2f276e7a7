namespace McpFunctionApp.Tests.Search;

/// <summary>One rig for all tests of a class, none of which makes it ask Elasticsearch.</summary>
public sealed class SharedSearch : IAsyncLifetime
{
    internal SearchRig Rig { get; private set; } = null!;

    public async Task InitializeAsync() => Rig = await SearchRig.StartAsync();

    public async Task DisposeAsync() => await Rig.DisposeAsync();
}
