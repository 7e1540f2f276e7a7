namespace McpFunctionApp.Tests.Sample;

/// <summary>One sample host for all tests of a class.</summary>
public sealed class SampleFixture : IAsyncLifetime
{
    private SampleHost? _host;

    public SampleHost Host => _host!;

    public async Task InitializeAsync() => _host = await SampleHost.StartAsync();

    public async Task DisposeAsync() => await _host!.DisposeAsync();
}
