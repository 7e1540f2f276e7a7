using System.Text;
using McpFunctionApp.Callers;

namespace McpFunctionApp.Tests.Callers;

public sealed class JwtClaimsTests
{
    private static JwtClaims Read(string payload) => JwtClaims.Read(JwtText.Of(payload), "groups");

    private static void NothingIsKnown(JwtClaims claims)
    {
        Assert.Null(claims.Issuer);
        Assert.Null(claims.Subject);
        Assert.Null(claims.Groups);
        Assert.Null(claims.ExpiresAt);
    }

    [Fact]
    public void Issuer_subject_groups_and_expiry_are_read()
    {
        var claims = Read(
            """{"iss":"https://issuer.example","sub":"7","groups":["1","IT staff"],"exp":1785240000,"aud":"x","nbf":0}"""
        );
        Assert.Equal("https://issuer.example", claims.Issuer);
        Assert.Equal("7", claims.Subject);
        Assert.Equal(["1", "IT staff"], claims.Groups!.Value.AsEnumerable());
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_785_240_000), claims.ExpiresAt);
    }

    [Theory]
    [InlineData("opaque-token")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a..c")]
    [InlineData("a.!!!.c")]
    [InlineData("a.b.c")]
    [InlineData("a.e30.c.d.e")]
    [InlineData("a.bnVsbA.c")]
    [InlineData("a.W10.c")]
    [InlineData("a.eyJleHAiOg.c")]
    [InlineData("a.e30x+/.c")]
    [InlineData("a.____.c")]
    public void A_token_that_is_no_JWT_says_nothing(string token) => NothingIsKnown(JwtClaims.Read(token, "groups"));

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[{\"exp\":1}]")]
    [InlineData("\"exp\"")]
    [InlineData("{\"exp\":1} x")]
    [InlineData("{\"iss\":null,\"sub\":null,\"groups\":null,\"exp\":null}")]
    [InlineData("{\"iss\":1,\"sub\":{},\"groups\":{\"a\":1},\"exp\":\"1785240000\"}")]
    [InlineData("{\"iss\":[],\"sub\":true,\"groups\":true,\"exp\":{}}")]
    [InlineData("{\"iss\":\"\\ud800\",\"exp\":5}")]
    [InlineData("{\"groups\":[\"\\ud800\"]}")]
    [InlineData("{\"sub\":\"\\udc00\"}")]
    public void A_claim_of_the_wrong_type_says_nothing(string payload) => NothingIsKnown(Read(payload));

    [Fact]
    public void Claims_that_are_no_UTF_8_or_nested_without_end_say_nothing()
    {
        NothingIsKnown(JwtClaims.Read(JwtText.Of(Encoding.Latin1.GetBytes("{\"sub\":\"Größe\"}")), "groups"));
        NothingIsKnown(Read(new string('[', 5_000)));
    }

    [Fact]
    public void An_enormous_payload_is_not_parsed() =>
        NothingIsKnown(Read($$"""{"sub":"x","pad":"{{new string('x', 40_000)}}"}"""));

    [Theory]
    [InlineData("[]")]
    [InlineData("[null,{},[]]")]
    public void A_list_without_a_readable_group_means_no_group_and_not_an_unknown_one(string groups) =>
        Assert.Empty(Read($$"""{"groups":{{groups}}}""").Groups!.Value.AsEnumerable());

    [Theory]
    [InlineData("\"staff\"", "staff")]
    [InlineData("7", "7")]
    [InlineData("[7]", "7")]
    [InlineData("[null,\"7\",{}]", "7")]
    public void Groups_may_be_one_or_many_texts_or_numbers(string groups, string expected) =>
        Assert.Equal([expected], Read($$"""{"groups":{{groups}}}""").Groups!.Value.AsEnumerable());

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-1", 0)]
    [InlineData("-1e300", 0)]
    [InlineData("-1e400", 0)]
    [InlineData("1.5", 1_500)]
    [InlineData("1785240000.25", 1_785_240_000_250)]
    [InlineData("1.78524e9", 1_785_240_000_000)]
    [InlineData("1e300", 253_402_300_799_000)]
    [InlineData("1e400", 253_402_300_799_000)]
    [InlineData("99999999999999999999", 253_402_300_799_000)]
    public void Any_number_is_a_time_within_the_calendar(string exp, long milliseconds) =>
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), Read($$"""{"exp":{{exp}}}""").ExpiresAt);

    [Fact]
    public void The_name_of_the_groups_claim_may_be_an_address()
    {
        var token = JwtText.Of("""{"https://issuer.example/groups":["a"],"groups":["b"]}""");
        Assert.Equal(["a"], JwtClaims.Read(token, "https://issuer.example/groups").Groups!.Value.AsEnumerable());
        Assert.Null(JwtClaims.Read(token, "roles").Groups);
    }
}
