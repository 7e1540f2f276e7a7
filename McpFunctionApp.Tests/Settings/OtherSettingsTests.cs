using McpFunctionApp.Callers;
using McpFunctionApp.Messages;

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
    [InlineData("null", "null")]
    [InlineData("vscode-file://vscode-app", "vscode-file://vscode-app")]
    [InlineData("VSCode-File://vscode-app/", "vscode-file://vscode-app")]
    [InlineData("tauri://localhost", "tauri://localhost")]
    public void An_origin_is_a_scheme_a_host_and_a_port_or_null(string origin, string expected) =>
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
    [InlineData("vscode-file://vscode-app/path")]
    [InlineData("vscode-file://*")]
    [InlineData("vscode-file:")]
    [InlineData("NULL")]
    public void What_is_no_origin_is_a_fault_that_says_which_entry_and_how_to_write_it(string origin)
    {
        var fault = Assert.Single(
            Configured.Faults(("Endpoint:AllowedOrigins:0", "https://app.example"), ("Endpoint:AllowedOrigins:1", origin))
        );
        Assert.StartsWith("Endpoint:AllowedOrigins:1 ", fault, StringComparison.Ordinal);
        Assert.Contains("https://host", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_arguments_that_are_ignored_are_replaced_by_those_that_are_set()
    {
        Assert.Contains("toolCallId", EndpointOptions.Read(Configured.Reader()).IgnoredArguments);
        Assert.Equal(
            ["trace", "step"],
            EndpointOptions
                .Read(Configured.Reader(("Endpoint:IgnoredArguments:0", "trace"), ("Endpoint:IgnoredArguments:1", "step")))
                .IgnoredArguments
        );
    }

    [Fact]
    public void A_list_written_as_one_value_is_a_fault_that_says_how_to_write_it()
    {
        var fault = Assert.Single(Configured.Faults(("Endpoint:AllowedOrigins", "https://a.example,https://b.example")));
        Assert.Contains("Endpoint:AllowedOrigins:0", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host.docker.internal", "host.docker.internal")]
    [InlineData(" My-Tunnel.example ", "My-Tunnel.example")]
    [InlineData("192.168.1.20", "192.168.1.20")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    public void A_host_is_a_name_or_an_address(string host, string expected) =>
        Assert.Equal([expected], EndpointOptions.Read(Configured.Reader(("Endpoint:AllowedHosts:0", host))).AllowedHosts);

    [Theory]
    [InlineData("https://host.docker.internal")]
    [InlineData("host.docker.internal:7071")]
    [InlineData("*.example")]
    [InlineData("*")]
    [InlineData("a b")]
    [InlineData("host/path")]
    public void What_is_no_host_is_a_fault_that_says_how_to_write_it(string host)
    {
        var fault = Assert.Single(Configured.Faults(("Endpoint:AllowedHosts:0", host)));
        Assert.StartsWith("Endpoint:AllowedHosts:0 ", fault, StringComparison.Ordinal);
        Assert.Contains("host.docker.internal", fault, StringComparison.Ordinal);
    }
}
