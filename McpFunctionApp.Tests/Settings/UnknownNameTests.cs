namespace McpFunctionApp.Tests.Settings;

public sealed class UnknownNameTests
{
    [Theory]
    [InlineData("Schemas:TtlSecond", "Schemas:TtlSeconds")]
    [InlineData("Schemas:MaxOption", "Schemas:MaxOptions")]
    [InlineData("Forms:0:SubmitUri", "Forms:0:SubmitUrl")]
    [InlineData("Forms:0:Timeout", "Forms:0:TimeoutSeconds")]
    [InlineData("RateLimit:PermitsPerSecond", "RateLimit:PermitsPerMinute")]
    [InlineData("Execution:Retention", "Execution:RetentionDays")]
    [InlineData("Endpoint:AllowedOrigin", "Endpoint:AllowedOrigins")]
    public void A_name_that_no_setting_has_is_noted_with_the_nearest_that_exists(string name, string nearest)
    {
        var note = Assert.Single(Configured.Oddities((name, "5")));
        Assert.StartsWith($"{name} is not a setting", note, StringComparison.Ordinal);
        Assert.Contains($"Nearest: {nearest}.", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Callers:Autority", "Callers:Authority")]
    [InlineData("Callers:GroupClaim", "Callers:GroupsClaim")]
    [InlineData("Callers:AuthorizationServer", "Callers:AuthorizationServers")]
    public void In_the_section_that_decides_who_may_call_it_is_a_fault(string name, string nearest)
    {
        var fault = Assert.Single(Configured.Faults((name, "https://secret.example")));
        Assert.StartsWith($"{name} is not a setting", fault, StringComparison.Ordinal);
        Assert.Contains($"Nearest: {nearest}.", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_note_does_not_repeat_the_value() =>
        Assert.DoesNotContain(
            "hunter2",
            Assert.Single(Configured.Oddities(("Schemas:Password", "hunter2"))),
            StringComparison.Ordinal
        );

    [Fact]
    public void Names_ignore_case() => Assert.Empty(Configured.Oddities(("SCHEMAS:TTLSECONDS", "5"), ("forms:0:TITLE", "x")));

    [Fact]
    public void Every_name_is_noted() =>
        Assert.Equal(3, Configured.Oddities(("Schemas:A", "1"), ("Schemas:B", "1"), ("Forms:0:C:D", "1")).Count);

    [Fact]
    public void Sections_of_others_are_left_alone() =>
        Assert.Empty(Configured.Oddities(("Logging:LogLevel:Default", "Debug"), ("PATH", "/usr/bin"), ("Kestrel:Limits:X", "1")));

    [Theory]
    [InlineData("Forms:0:Colour")]
    [InlineData("Schemas:Password")]
    [InlineData("Execution:X")]
    public void A_name_that_is_near_to_none_is_noted_without_a_suggestion(string name) =>
        Assert.Equal($"{name} is not a setting and is ignored.", Assert.Single(Configured.Oddities((name, "5"))));

    [Fact]
    public void A_fault_suggests_no_name_that_is_not_near_either() =>
        Assert.Equal("Callers:Xylophone is not a setting.", Assert.Single(Configured.Faults(("Callers:Xylophone", "5"))));
}
