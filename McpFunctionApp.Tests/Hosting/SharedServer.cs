using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Hosting;

/// <summary>One app with these settings for all tests of a class that only ask; its form's address leads nowhere.</summary>
public abstract class SharedServer(Dictionary<string, string?> settings) : IAsyncLifetime
{
    public TestApp App { get; private set; } = null!;

    public async Task InitializeAsync() =>
        App = await TestApp.StartAsync(new Dictionary<string, string?>(settings) { ["Forms:0:Url"] = "http://127.0.0.1:1/form" });

    public async Task DisposeAsync() => await App.DisposeAsync();
}
