using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Conformance;

/// <summary>The suite on the product as it is, which has none of the tools, prompts and resources that most scenarios ask
/// for.</summary>
[Collection(ConformanceCollection.Name)]
public sealed class ProductConformanceTests : IAsyncLifetime
{
    private FakeFormApi _api = null!;

    public async Task InitializeAsync()
    {
        _api = await FakeFormApi.StartAsync();
        _api.ServeByToken(token => token == Given.Token ? Given.Fields : null);
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [ConformanceTheory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Without_a_token_only_scenarios_with_a_missing_fixture_fail(string revision)
    {
        await using var app = await StartAsync();
        await ConformanceSuite.RunRevisionAsync(app.Endpoint, revision, $"product.{revision}");
        Assert.DoesNotContain(app.Log.Lines, line => line.Level >= LogLevel.Error);
        Assert.Empty(_api.Calls);
    }

    [ConformanceTheory(IsSlow = true)]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task With_a_form_among_the_tools_the_same_scenarios_fail_and_no_other(string revision)
    {
        await using var app = await StartAsync(Given.Token);
        await ConformanceSuite.RunRevisionAsync(app.Endpoint, revision, $"product.{revision}");
        Assert.DoesNotContain(app.Log.Lines, line => line.Level >= LogLevel.Error);
        Assert.NotEmpty(_api.FormCalls);
    }

    [ConformanceFact]
    public async Task The_headers_are_validated_as_a_scenario_asks_that_no_score_counts_yet()
    {
        await using var app = await StartAsync();
        await ConformanceSuite.RunScenarioAsync(app.Endpoint, "2026-07-28", "http-header-validation");
    }

    private Task<TestApp> StartAsync(string? token = null) =>
        TestApp.StartAsync(
            new Dictionary<string, string?>
            {
                ["Forms:0:Url"] = _api.FormUrl,
                ["Forms:0:SubmitUrl"] = _api.SubmitUrl,
                ["SampleFormApi:Enabled"] = "false",
            },
            services: services => services.SendWithEveryRequest(token),
            environment: "Development"
        );
}
