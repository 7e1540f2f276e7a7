using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Sample;

namespace McpFunctionApp.Tests.Journeys;

/// <summary>The product in front of the real sample form API, which another host serves on a port of its own.</summary>
public sealed class SampleWorld : IAsyncLifetime
{
    public const string UserA = $"Bearer {SampleHost.UserA}";
    public const string UserB = $"Bearer {SampleHost.UserB}";

    private SampleHost? _sample;
    private TestApp? _app;

    public TestApp App => _app!;

    public SampleHost Sample => _sample!;

    public ManualClock Clock { get; } = new();

    public async Task InitializeAsync()
    {
        _sample = await SampleHost.StartAsync();
        _app = await TestApp.StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = _sample.FormUrl, ["Forms:0:SubmitUrl"] = _sample.SubmitUrl },
            Clock
        );
    }

    public async Task DisposeAsync()
    {
        await _app!.DisposeAsync();
        await _sample!.DisposeAsync();
    }
}
