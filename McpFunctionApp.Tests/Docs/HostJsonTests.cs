using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Docs;

/// <summary>The Functions host's settings, which nothing here can run.</summary>
public sealed class HostJsonTests
{
    private readonly JsonNode _host = JsonNode.Parse(Repository.Read("host.json"))!;

    [Fact]
    public void The_endpoint_has_the_same_path_as_on_Kestrel() =>
        Assert.Equal("", (string?)_host["extensions"]!["http"]!["routePrefix"]);

    [Fact]
    public void The_host_sends_by_OpenTelemetry_and_has_no_section_that_says_nothing_then()
    {
        Assert.Equal("OpenTelemetry", (string?)_host["telemetryMode"]);
        Assert.Null(_host["logging"]!["applicationInsights"]);
    }

    [Theory]
    [InlineData("Function.Health", false)]
    [InlineData("Function.HealthReady", false)]
    [InlineData("Function.Mcp", false)]
    [InlineData("Function.Health.User", true)]
    [InlineData("Function.HealthReady.User", true)]
    [InlineData("Function.Mcp.User", true)]
    [InlineData("Function.Purge", true)]
    [InlineData("Function.Requests", true)]
    public void What_is_called_all_the_time_leaves_no_line_for_its_start_and_end_but_for_what_it_says(
        string category,
        bool logged
    )
    {
        var configuration = new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "host.json")).Build();
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddConfiguration(configuration.GetSection("logging")).AddProvider(new LogCollector()))
            .BuildServiceProvider();
        Assert.Equal(
            logged,
            services.GetRequiredService<ILoggerFactory>().CreateLogger(category).IsEnabled(LogLevel.Information)
        );
    }

    [Fact]
    public void No_extension_bundle_is_loaded_beside_the_workers_own_extensions() => Assert.Null(_host["extensionBundle"]);

    [Fact]
    public void The_sample_settings_are_those_of_an_isolated_worker_on_the_storage_emulator()
    {
        var sample = JsonNode.Parse(Repository.Read("local.settings.sample.json"))!["Values"]!;
        Assert.Equal("dotnet-isolated", (string?)sample["FUNCTIONS_WORKER_RUNTIME"]);
        Assert.Equal("UseDevelopmentStorage=true", (string?)sample["AzureWebJobsStorage"]);
        Assert.Equal("UseDevelopmentStorage=true", (string?)sample["TableStorage"]);
    }
}
