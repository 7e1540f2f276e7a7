using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Endpoint;

/// <summary>One app for all tests of a class, whose tool each of them replaces by its own.</summary>
public sealed class SharedToolApp : IAsyncLifetime
{
    private TestApp _app = null!;

    public async Task InitializeAsync() => _app = await ToolApp.StartAsync((_, _) => Task.FromResult("no test has said"));

    public async Task DisposeAsync() => await _app.DisposeAsync();

    internal TestApp With(ToolApp.Tool tool)
    {
        _app.Use(tool);
        return _app;
    }
}
