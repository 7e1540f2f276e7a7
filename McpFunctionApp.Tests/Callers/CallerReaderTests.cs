using McpFunctionApp.Callers;
using McpFunctionApp.Tests.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace McpFunctionApp.Tests.Callers;

public sealed class CallerReaderTests
{
    private static readonly CallerReader s_reader = new(CallerOptions.Read(Configured.Reader()));

    private static Caller? Read(StringValues authorization) =>
        s_reader.Read(new HeaderDictionary { ["Authorization"] = authorization });

    [Theory]
    [InlineData("Bearer abc", "abc")]
    [InlineData("bearer abc", "abc")]
    [InlineData("BEARER abc", "abc")]
    [InlineData("Bearer   abc", "abc")]
    [InlineData("Bearer abc ", "abc")]
    [InlineData("Bearer a", "a")]
    [InlineData("Bearer AZaz09-._~+/==", "AZaz09-._~+/==")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.")]
    public void A_well_formed_bearer_header_makes_a_caller(string header, string token) =>
        Assert.Equal(token, Read(header)!.Token);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("abc")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer      ")]
    [InlineData("Bearerabc")]
    [InlineData("Bearer\tabc")]
    [InlineData("Bearer \tabc")]
    [InlineData(" Bearer abc")]
    [InlineData("Bearer: abc")]
    [InlineData("Bearer abc def")]
    [InlineData("Bearer abc,def")]
    [InlineData("Bearer abc, Bearer def")]
    [InlineData("Bearer \"abc\"")]
    [InlineData("Bearer <token>")]
    [InlineData("Bearer ${TOKEN}")]
    [InlineData("Bearer {token}")]
    [InlineData("Bearer Bearer abc")]
    [InlineData("Bearer =")]
    [InlineData("Bearer ===")]
    [InlineData("Bearer a=b")]
    [InlineData("Bearer =abc")]
    [InlineData("Bearer abc\r\nX-Evil: 1")]
    [InlineData("Bearer abc\u0000")]
    [InlineData("Bearer töken")]
    [InlineData("Bearer аbс")]
    [InlineData("Bearer\u00a0abc")]
    [InlineData("Bearer abc;")]
    [InlineData("Bearer a%20b")]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Token abc")]
    [InlineData("Digest username=x")]
    public void Anything_else_is_no_caller(string header) => Assert.Null(Read(header));

    [Fact]
    public void Without_the_header_there_is_no_caller() => Assert.Null(s_reader.Read(new HeaderDictionary()));

    [Fact]
    public void Two_headers_are_no_caller_even_where_they_agree()
    {
        Assert.Null(Read(new StringValues(["Bearer abc", "Bearer abc"])));
        Assert.Null(Read(new StringValues(["Bearer abc", "Basic x"])));
        Assert.Null(Read(new StringValues([null, "Bearer abc"])));
    }

    [Fact]
    public void A_very_long_token_is_read_whole()
    {
        var token = new string('x', 100_000);
        Assert.Equal(token, Read($"Bearer {token}")!.Token);
    }

    [Fact]
    public void The_groups_claim_is_a_setting()
    {
        var token = JwtText.Of("""{"groups":["a"],"roles":["b"]}""");
        var reader = new CallerReader(CallerOptions.Read(Configured.Reader(("Callers:GroupsClaim", "roles"))));
        Assert.Equal(
            ["b"],
            reader.Read(new HeaderDictionary { ["Authorization"] = $"Bearer {token}" })!.Groups!.Value.AsEnumerable()
        );
        Assert.Equal(["a"], Read($"Bearer {token}")!.Groups!.Value.AsEnumerable());
    }
}
