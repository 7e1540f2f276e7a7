using McpFunctionApp.Hosting.Functions;
using Microsoft.Extensions.Configuration;

namespace McpFunctionApp.Tests.Hosting.Functions;

public sealed class FunctionSettingsTests
{
    [Fact]
    public void The_files_beside_the_assembly_are_read_and_app_settings_win_over_them()
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection([KeyValuePair.Create("Logging:LogLevel:Default", (string?)"Error")]);
        FunctionApp.AddSettingsFiles(configuration, "Production");

        Assert.Equal("Warning", configuration["Logging:LogLevel:Microsoft.AspNetCore"]);
        Assert.Equal("Error", configuration["Logging:LogLevel:Default"]);
    }

    [Fact]
    public void The_host_finds_its_settings_beside_the_app() =>
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "host.json")));
}
