using McpFunctionApp.Callers;
using McpFunctionApp.Endpoint;

namespace McpFunctionApp.Tests.Settings;

public sealed class OtherSettingsTests
{
    [Fact]
    public void The_groups_claim_is_groups_unless_set()
    {
        Assert.Equal("groups", CallerOptions.Read(Configured.Reader()).GroupsClaim);
        Assert.Equal("roles", CallerOptions.Read(Configured.Reader(("Callers:GroupsClaim", " roles "))).GroupsClaim);
    }

    [Theory]
    [InlineData("https://app.example", "https://app.example")]
    [InlineData("https://APP.example:443/", "https://app.example")]
    [InlineData("http://localhost:3000", "http://localhost:3000")]
    public void An_origin_is_a_scheme_a_host_and_a_port(string origin, string expected) =>
        Assert.Equal([expected], EndpointOptions.Read(Configured.Reader(("Endpoint:AllowedOrigins:0", origin))).AllowedOrigins);

    [Fact]
    public void No_origin_is_allowed_unless_set() => Assert.Empty(EndpointOptions.Read(Configured.Reader()).AllowedOrigins);

    [Theory]
    [InlineData("*")]
    [InlineData("https://*.example")]
    [InlineData("app.example")]
    [InlineData("https://app.example/path")]
    [InlineData("https://app.example?x")]
    [InlineData("https://app.example#x")]
    [InlineData("https://user@app.example")]
    [InlineData("ftp://app.example")]
    [InlineData("null")]
    public void What_is_no_origin_is_a_fault_that_says_which_entry_and_how_to_write_it(string origin)
    {
        var fault = Assert.Single(Configured.Faults(("Endpoint:AllowedOrigins:0", "https://app.example"), ("Endpoint:AllowedOrigins:1", origin)));
        Assert.StartsWith("Endpoint:AllowedOrigins:1 ", fault, StringComparison.Ordinal);
        Assert.Contains("https://host", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_arguments_that_are_ignored_are_replaced_by_those_that_are_set()
    {
        Assert.Contains("toolCallId", EndpointOptions.Read(Configured.Reader()).IgnoredArguments);
        Assert.Equal(["trace", "step"], EndpointOptions.Read(Configured.Reader(("Endpoint:IgnoredArguments:0", "trace"), ("Endpoint:IgnoredArguments:1", "step"))).IgnoredArguments);
    }

    [Fact]
    public void A_list_written_as_one_value_is_a_fault_that_says_how_to_write_it()
    {
        var fault = Assert.Single(Configured.Faults(("Endpoint:AllowedOrigins", "https://a.example,https://b.example")));
        Assert.Contains("Endpoint:AllowedOrigins:0", fault, StringComparison.Ordinal);
    }
}
