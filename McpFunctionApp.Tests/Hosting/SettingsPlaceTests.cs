using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Hosting;

public sealed class SettingsPlaceTests
{
    [Fact]
    public async Task Settings_come_from_beside_the_assembly_whatever_the_current_folder_holds()
    {
        var address = $"http://127.0.0.1:{FreePort.Next()}";

        // Read from the current folder, these settings would stop the start.
        await using var app = await AppProcess.RunAsync(
            ["--urls", address, "--Forms:0:Url", "https://forms.example/form"],
            settingsInFolder: """{"Schemas":{"TtlSeconds":"never"}}"""
        );

        // The app's own settings keep the host's start messages out of the output.
        Assert.DoesNotContain("Now listening on", app.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Application started", app.Output, StringComparison.Ordinal);
    }
}
