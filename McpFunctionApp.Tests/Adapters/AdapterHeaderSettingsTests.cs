namespace McpFunctionApp.Tests.Adapters;

/// <summary><c>Forms:n:Scheme</c> and <c>:Headers</c> at the start.</summary>
public sealed class AdapterHeaderSettingsTests
{
    [Theory]
    [InlineData("Basic")]
    [InlineData("Zoho-oauthtoken")]
    public void A_scheme_is_one_word(string scheme) =>
        Assert.Equal(scheme, DeskSettings.Read([.. DeskSettings.All, ("Forms:0:Scheme", scheme)]).Scheme);

    [Theory]
    [InlineData("Basic hunter2")]
    [InlineData("hunter2:")]
    public void Anything_else_is_a_fault_that_does_not_show_it(string scheme)
    {
        var fault = Assert.Single(DeskSettings.Faults(("Forms:0:Scheme", scheme)));
        Assert.StartsWith("Forms:0:Scheme must be one word", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Authorization")]
    [InlineData("ACCEPT")]
    [InlineData("Idempotency-Key")]
    [InlineData("Content-Type")]
    [InlineData("content-length")]
    [InlineData("Host")]
    [InlineData("Transfer-Encoding")]
    [InlineData("traceparent")]
    [InlineData("Accept-Encoding")]
    [InlineData("X Y")]
    [InlineData("X-Y\r\nZ")]
    public void A_header_that_this_server_sets_itself_or_that_is_none_is_a_fault(string name)
    {
        var fault = Assert.Single(DeskSettings.Faults(($"Forms:0:Headers:{name}", "hunter2")));
        Assert.StartsWith("Forms:0:Headers:", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hunter2\r\nX: y")]
    [InlineData("hünter2")]
    public void A_header_value_that_cannot_be_sent_is_a_fault_that_does_not_show_it(string value)
    {
        var fault = Assert.Single(DeskSettings.Faults(("Forms:0:Headers:X-Key", value)));
        Assert.StartsWith("Forms:0:Headers:X-Key has a value", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("nter2", fault, StringComparison.Ordinal);
    }
}
