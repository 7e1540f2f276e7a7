using McpFunctionApp.Adapters;

namespace McpFunctionApp.Tests.Adapters;

/// <summary>An adapter's addresses begin with an origin, and the values that fill them stay in their places.</summary>
public sealed class AdapterAddressTests
{
    [Theory]
    [InlineData("{site}")]
    [InlineData("{site}/a/{b}?c={d}&e={f}")]
    [InlineData("{site}?a=b")]
    [InlineData("https://a.example")]
    [InlineData("http://localhost:8080/x/{y}")]
    public void An_address_begins_with_an_origin(string address) => Assert.Null(new AdapterAddress(address).Check());

    [Theory]
    [InlineData("")]
    [InlineData("/form")]
    [InlineData("form")]
    [InlineData("{site}.evil.example/form")]
    [InlineData("{site}{name}/form")]
    [InlineData("{site}@evil.example/form")]
    [InlineData("{site}:8080/form")]
    [InlineData("https://{tenant}.example/form")]
    [InlineData("https://{tenant}")]
    [InlineData("https://a.example{b}/form")]
    [InlineData("ftp://a.example/form")]
    [InlineData("{site}/a#b")]
    [InlineData("{site}/a b")]
    [InlineData("{site}/a\\b")]
    [InlineData("{site}/{}")]
    [InlineData("{site}/{a b}")]
    [InlineData("{site}/{a")]
    [InlineData("{site}/a}")]
    [InlineData("{si{te}}/a")]
    [InlineData("{site}/ü")]
    public void Every_other_address_is_a_fault(string address) => Assert.NotNull(new AdapterAddress(address).Check());

    [Theory]
    [InlineData("a/b", "https://s.example/base/x/a%2Fb?q=a%2Fb")]
    [InlineData("a?b", "https://s.example/base/x/a%3Fb?q=a%3Fb")]
    [InlineData("a#b", "https://s.example/base/x/a%23b?q=a%23b")]
    [InlineData("a&b=c", "https://s.example/base/x/a%26b%3Dc?q=a%26b%3Dc")]
    [InlineData("../../etc", "https://s.example/base/x/..%2F..%2Fetc?q=..%2F..%2Fetc")]
    [InlineData("%2e%2e", "https://s.example/base/x/%252e%252e?q=%252e%252e")]
    [InlineData("a\\b", "https://s.example/base/x/a%5Cb?q=a%5Cb")]
    [InlineData("@evil.example", "https://s.example/base/x/%40evil.example?q=%40evil.example")]
    [InlineData("ü 1", "https://s.example/base/x/%C3%BC%201?q=%C3%BC%201")]
    [InlineData("...", "https://s.example/base/x/...?q=...")]
    [InlineData("{site}", "https://s.example/base/x/%7Bsite%7D?q=%7Bsite%7D")]
    public void A_value_stays_in_its_place(string value, string expected)
    {
        Assert.True(AdapterAddress.MayStand(value));
        Assert.Equal(
            expected,
            new AdapterAddress("{site}/x/{v}?q={v}").Fill(new Uri("https://s.example/base/"), _ => value)!.AbsoluteUri
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a\r\nb")]
    [InlineData("a\0b")]
    public void A_value_that_could_leave_its_place_may_not_stand(string value) => Assert.False(AdapterAddress.MayStand(value));

    [Fact]
    public void Values_that_make_a_step_up_together_give_no_address()
    {
        Assert.Null(new AdapterAddress("{site}/x/.{v}/y").Fill(new Uri("https://s.example"), _ => "."));
        Assert.NotNull(new AdapterAddress("{site}/x/.{v}/y").Fill(new Uri("https://s.example"), _ => "a"));
    }
}
