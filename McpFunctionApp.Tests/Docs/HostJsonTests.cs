using System.Text.Json.Nodes;

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
    [InlineData("Function.Mcp")]
    [InlineData("Function.Health")]
    [InlineData("Function.HealthReady")]
    public void What_is_called_all_day_logs_no_two_lines_a_call(string category)
    {
        // As the host applies it: the longest name that the category begins with.
        var levels = _host["logging"]!["logLevel"]!.AsObject();
        var longest = levels.Where(level => category.StartsWith(level.Key, StringComparison.Ordinal))
            .MaxBy(level => level.Key.Length);
        Assert.Equal("Warning", (string?)longest.Value);
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
