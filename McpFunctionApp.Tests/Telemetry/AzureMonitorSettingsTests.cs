using McpFunctionApp.Telemetry;
using McpFunctionApp.Tests.Settings;
using static McpFunctionApp.Tests.Telemetry.AzureMonitorNames;

namespace McpFunctionApp.Tests.Telemetry;

/// <summary>How an export to Application Insights is set, and what stops the start without being shown.</summary>
public sealed class AzureMonitorSettingsTests
{
    [Theory]
    [InlineData("Authorization=AAD;ClientId=the-client", "the-client")]
    [InlineData("ClientId=the-client;Authorization=AAD", "the-client")]
    [InlineData("Authorization=AAD;ClientId=", null)]
    public void The_parts_of_a_sign_in_may_stand_in_any_order(string text, string? client) =>
        Assert.Equal(new AppIdentity(client), AppIdentity.Read(Configured.Reader((SignIn, text))));

    [Theory]
    [InlineData("hunter2", $"{Connection} must be a connection string of Application Insights")]
    [InlineData(
        "IngestionEndpoint=https://hunter2.example/",
        $"{Connection} must be a connection string of Application Insights"
    )]
    [InlineData("InstrumentationKey=hunter2;IngestionEndpoint=http://monitor.example/", "must be an https address")]
    public void A_wrong_connection_string_stops_the_start_and_is_not_shown(string text, string fault) =>
        AssertFault(fault, (Connection, text));

    [Theory]
    [InlineData("hunter2")]
    [InlineData("ClientId=hunter2")]
    [InlineData("Authorization=hunter2;ClientId=hunter2")]
    public void A_sign_in_that_is_none_stops_the_start(string text) =>
        AssertFault($"{SignIn} must be Authorization=AAD", (SignIn, text));

    [Fact]
    public void An_identity_signs_in_over_https_only() =>
        AssertFault(
            "must be an https address",
            (Connection, "InstrumentationKey=hunter2;IngestionEndpoint=http://127.0.0.1:1/"),
            (SignIn, "Authorization=AAD")
        );

    [Fact]
    public void A_sampler_that_Azure_Monitor_cannot_make_up_for_stops_the_start() =>
        AssertFault(
            $"{Sampler} must be microsoft.fixed_percentage or microsoft.rate_limited",
            (Connection, "InstrumentationKey=hunter2"),
            (Sampler, "parentbased_traceidratio")
        );

    [Fact]
    public void A_sampler_needs_to_be_told_how_much() =>
        AssertFault(
            "OTEL_TRACES_SAMPLER_ARG is missing",
            (Connection, "InstrumentationKey=hunter2"),
            (Sampler, "microsoft.rate_limited")
        );

    private static void AssertFault(string expected, params (string Name, string? Value)[] settings)
    {
        var fault = Assert.Single(Configured.Faults(settings));
        Assert.Contains(expected, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal);
    }
}
