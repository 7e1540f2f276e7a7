using McpFunctionApp.Admission;
using McpFunctionApp.Callers;

namespace McpFunctionApp.Tests.Settings;

public sealed class SignInSettingsTests
{
    [Theory]
    [InlineData(null, CallerMode.Fallback)]
    [InlineData("fallback", CallerMode.Fallback)]
    [InlineData("Optional", CallerMode.Optional)]
    [InlineData("CHALLENGE", CallerMode.Challenge)]
    public void A_mode_is_one_of_three(string? mode, CallerMode expected) =>
        Assert.Equal(expected, CallerOptions.Read(Configured.Reader(("Callers:Mode", mode))).SignIn.Mode);

    [Theory]
    [InlineData("Strict")]
    [InlineData("1")]
    [InlineData("Optional, Challenge")]
    public void Any_other_mode_is_a_fault_that_names_all_three(string mode)
    {
        var fault = Assert.Single(Configured.Faults(("Callers:Mode", mode)));
        Assert.StartsWith($"Callers:Mode is '{mode}'", fault, StringComparison.Ordinal);
        Assert.All(["Fallback", "Optional", "Challenge"], name => Assert.Contains(name, fault, StringComparison.Ordinal));
    }

    [Fact]
    public void An_authority_and_its_audience_go_together()
    {
        Assert.StartsWith(
            "Callers:Audience is missing",
            Assert.Single(Configured.Faults(("Callers:Authority", "https://login.example"))),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Callers:Authority is missing",
            Assert.Single(Configured.Faults(("Callers:Audience", "forms"))),
            StringComparison.Ordinal
        );
        Assert.Empty(Configured.Faults(("Callers:Authority", "https://login.example"), ("Callers:Audience", "forms")));
    }

    [Theory]
    [InlineData("https://login.example/tenant", "https://login.example/tenant/.well-known/openid-configuration")]
    [InlineData("https://login.example/", "https://login.example/.well-known/openid-configuration")]
    public void An_authoritys_metadata_is_below_its_address(string authority, string metadata) =>
        Assert.Equal(
            new Uri(metadata),
            CallerOptions
                .Read(Configured.Reader(("Callers:Authority", authority), ("Callers:Audience", "forms")))
                .Authority!.Metadata
        );

    [Theory]
    [InlineData("Callers:Authority")]
    [InlineData("Callers:Resource")]
    [InlineData("Callers:AuthorizationServers:0")]
    public void An_address_is_https_or_loopback_and_a_fault_repeats_no_secret(string name)
    {
        Assert.Empty(Faults("https://login.example/a"));
        Assert.Empty(Faults("http://localhost:5000"));
        foreach (
            var wrong in (string[])
                [
                    "http://hunter2.example",
                    "login.example",
                    "https://user:hunter2@login.example",
                    "https://login.example?hunter2",
                    "https://login.example#hunter2",
                    "ftp://hunter2",
                    "https://hunter2\u00fc.example",
                    "https://",
                ]
        )
        {
            var fault = Assert.Single(Faults(wrong));
            Assert.StartsWith($"{name} ", fault, StringComparison.Ordinal);
            Assert.DoesNotContain("user:hunter2", fault, StringComparison.Ordinal);
        }

        IReadOnlyList<string> Faults(string value) =>
            Configured.Faults(name == "Callers:Authority" ? [(name, value), ("Callers:Audience", "forms")] : [(name, value)]);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a\"b")]
    [InlineData("a\\b")]
    [InlineData("ä")]
    public void What_is_no_scope_is_a_fault(string scope) =>
        Assert.StartsWith(
            "Callers:Scopes:1 ",
            Assert.Single(Configured.Faults(("Callers:Scopes:0", "api://forms/.default"), ("Callers:Scopes:1", scope))),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_mode_that_asks_to_sign_in_without_saying_where_is_noted()
    {
        Assert.StartsWith(
            "Callers:AuthorizationServers has no entry",
            Assert.Single(Configured.Oddities(("Callers:Mode", "Challenge"))),
            StringComparison.Ordinal
        );
        Assert.Empty(
            Configured.Oddities(("Callers:Mode", "Challenge"), ("Callers:AuthorizationServers:0", "https://login.example"))
        );
        Assert.Empty(
            Configured.Oddities(
                ("Callers:Mode", "Optional"),
                ("Callers:Authority", "https://login.example"),
                ("Callers:Audience", "forms")
            )
        );
        Assert.Empty(Configured.Oddities(("Callers:Mode", "Fallback")));
    }

    [Theory]
    [InlineData(null, 600)]
    [InlineData("0", 0)]
    [InlineData("1000000", 1_000_000)]
    public void The_rate_limit_is_600_a_minute_unless_set(string? permits, int expected) =>
        Assert.Equal(
            expected,
            RateLimitOptions.Read(Configured.Reader(("RateLimit:PermitsPerMinute", permits))).PermitsPerMinute
        );

    [Theory]
    [InlineData("-1")]
    [InlineData("1000001")]
    [InlineData("many")]
    public void Any_other_rate_limit_is_a_fault(string permits) =>
        Assert.StartsWith(
            "RateLimit:PermitsPerMinute is",
            Assert.Single(Configured.Faults(("RateLimit:PermitsPerMinute", permits))),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("X-Forwarded-For: x")]
    [InlineData("a b")]
    public void What_is_no_header_name_is_a_fault(string name) =>
        Assert.StartsWith(
            "Endpoint:ClientAddressHeader is",
            Assert.Single(Configured.Faults(("Endpoint:ClientAddressHeader", name))),
            StringComparison.Ordinal
        );
}
