using McpFunctionApp.Tests.Conformance.Fixtures;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace McpFunctionApp.Tests.Conformance;

/// <summary>The suite on the same endpoint with the suite's fixtures added to it: what fails now is the endpoint's own
/// doing.</summary>
[Collection(ConformanceCollection.Name)]
public sealed class FixtureConformanceTests
{
    [ConformanceFact]
    public Task With_the_fixtures_every_scored_scenario_passes() => RunAsync("2026-07-28", "none");

    [ConformanceFact(IsSlow = true)]
    public Task With_the_fixtures_every_scored_scenario_of_the_handshake_passes_but_those_that_need_a_session() =>
        RunAsync("2025-11-25", "sessions.2025-11-25");

    private static async Task RunAsync(string revision, string expectedFailures)
    {
        await using var api = await FakeFormApi.StartAsync();
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = api.FormUrl, ["SampleFormApi:Enabled"] = "false" },
            environment: "Development"
        );

        // Every request's server is made with these options, so that a change holds from the next request on.
        SuiteFixtures.AddTo(app.Services.GetRequiredService<McpServerOptions>());
        await ConformanceSuite.RunRevisionAsync(app.Endpoint, revision, expectedFailures);
        Assert.DoesNotContain(app.Log.Lines, line => line.Level >= LogLevel.Error);
    }
}
