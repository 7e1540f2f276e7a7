using Xunit.Sdk;

namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>The check that other tests rely on finds what it looks for.</summary>
public sealed class TokenLeaksTests
{
    private const string Token = "abcdefghijklmnopq+rst";

    [Theory]
    [InlineData("caller abcdefghijklmnopq+rst")]
    [InlineData("its end: jklmnopq+rst!")]
    [InlineData("""{"a":[{"b":"jklmnopq\u002Brst"}]}""")]
    [InlineData("""{"jklmnopq\u002Brst":1}""")]
    public void A_piece_of_12_characters_is_found(string text) =>
        Assert.Throws<FailException>(() => TokenLeaks.AssertNone(["fine", text], ["another-token-of-some-length", Token]));

    [Theory]
    [InlineData("klmnopq+rst")]
    [InlineData("""{"a":"klmnopq\u002Brst"}""")]
    public void A_shorter_one_is_not(string text) => TokenLeaks.AssertNone([text], [Token]);
}
