using McpFunctionApp.Messages;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Admission;

/// <summary>The origin rule behind a public name, as the check itself: tests listen on loopback only.</summary>
public sealed class PublicOriginTests
{
    private static readonly EndpointOptions s_options = new(new HashSet<string> { "https://tools.example" }, 1_000);

    [Theory]
    [InlineData("https://forms.example", true)]
    [InlineData("https://FORMS.example", true)]
    [InlineData("https://forms.example:443", true)]
    [InlineData("https://tools.example", true)]
    [InlineData("http://forms.example", false)]
    [InlineData("https://forms.example:8443", false)]
    [InlineData("https://www.forms.example", false)]
    [InlineData("https://forms.example.evil.example", false)]
    [InlineData("http://localhost:7071", false)]
    [InlineData("http://127.0.0.1", false)]
    [InlineData("http://[::1]", false)]
    [InlineData("null", false)]
    public void Behind_a_public_name_only_it_and_configured_origins_are_allowed(string origin, bool allowed) =>
        Assert.Equal(allowed, HttpRules.IsAllowedOrigin(Request("forms.example"), origin, s_options));

    [Theory]
    [InlineData("forms.example:8443", "https://forms.example:8443", true)]
    [InlineData("forms.example:8443", "https://forms.example", false)]
    [InlineData("", "https://forms.example", false)]
    [InlineData("forms.example/evil.example", "https://evil.example", false)]
    public void A_port_in_the_Host_header_counts(string host, string origin, bool allowed) =>
        Assert.Equal(allowed, HttpRules.IsAllowedOrigin(Request(host), origin, s_options));

    private static HttpRequest Request(string host)
    {
        var request = new DefaultHttpContext().Request;
        request.Scheme = "https";
        request.Headers.Host = host;
        return request;
    }
}
