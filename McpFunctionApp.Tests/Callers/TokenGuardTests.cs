using System.Text;
using McpFunctionApp.Callers;

namespace McpFunctionApp.Tests.Callers;

public sealed class TokenGuardTests
{
    private const string Token = "AbCd+EfGh/IjKl-MnOp_QrSt==";

    [Theory]
    [InlineData(Token)]
    [InlineData("Invalid token AbCd+EfGh/IjKl-MnOp_QrSt== given")]
    [InlineData("starts AbCd+EfGh/Ij")]
    [InlineData("Op_QrSt==... MnOp_QrSt==, nOp_QrSt==")]
    [InlineData("lies within: Gh/IjKl-MnOp!")]
    [InlineData("ends p_QrSt==, l-MnOp_QrSt=")]
    public void Any_twelve_characters_of_a_token_in_a_row_are_found(string text)
    {
        var holds = Enumerable
            .Range(0, Token.Length - 11)
            .Any(i => text.Contains(Token.Substring(i, 12), StringComparison.Ordinal));
        Assert.Equal(holds, TokenGuard.Repeats(text, Token));
    }

    [Fact]
    public void Every_piece_of_twelve_characters_is_found_wherever_it_stands()
    {
        for (var at = 0; at + 12 <= Token.Length; at++)
        {
            Assert.True(TokenGuard.Repeats($"x{Token.Substring(at, 12)}y", Token));
            Assert.True(TokenGuard.Repeats(Token.Substring(at, 12), Token));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Ordinary text that says what went wrong")]
    [InlineData("AbCd+EfGh/I")]
    [InlineData("abcd+efgh/ijkl-mnop_qrst==")]
    public void Ordinary_text_and_short_pieces_are_let_pass(string text) => Assert.False(TokenGuard.Repeats(text, Token));

    [Fact]
    public void A_short_token_is_found_whole()
    {
        Assert.True(TokenGuard.Repeats("token abc is unknown", "abc"));
        Assert.False(TokenGuard.Repeats("token ab c is unknown", "abc"));
        Assert.True(TokenGuard.Repeats("token abcdefghijkl is unknown", "abcdefghijkl"));
    }

    [Theory]
    [InlineData("AbCd+Ef\u200BGh/IjKl")]
    [InlineData("AbCd\u00AD+EfGh\u00AD/IjKl")]
    [InlineData("AbCd+EfGh\uFE0F/IjKl")]
    [InlineData("&#65;bCd&#x2B;EfGh&#47;IjKl")]
    [InlineData("AbCd+Ef&#8203;Gh/IjKl")]
    [InlineData("AbCd+Ef&shy;Gh/IjKl")]
    [InlineData("AbCd+Ef\u200B&#71;h/IjKl")]
    public void A_token_in_entities_or_split_by_what_nobody_sees_is_found(string text) =>
        Assert.True(TokenGuard.Repeats(text, Token));

    [Theory]
    [InlineData(0, 32, true)]
    [InlineData(5, 32, true)]
    [InlineData(4, 33, true)]
    [InlineData(2, 31, false)]
    public void A_form_may_explain_what_tokens_begin_with_and_shows_no_more_of_one(int start, int length, bool shows)
    {
        var piece = LongToken.Substring(start, length);
        Assert.Equal(shows, TokenGuard.Shows(piece, LongToken));
        Assert.Equal(shows, TokenGuard.Shows($"for {piece} and {piece[..20]}", LongToken));
        Assert.Equal(shows, TokenGuard.Shows($"for {piece.Insert(16, "\u200D")}", LongToken));
    }

    private const string LongToken = "AbCd+EfGh/IjKl-MnOp_QrSt.0123456789==";

    private static bool FormRepeats(string json, string token = LongToken) =>
        TokenGuard.Holds(Encoding.UTF8.GetBytes(json), token);

    [Theory]
    [InlineData("""{"fieldList":[{"name":"AbCd+EfGh/IjKl-MnOp_QrSt.0123456789=="}]}""")]
    [InlineData("""{"debug":"Bearer AbCd+EfGh/IjKl-MnOp_QrSt.0123456789==","fieldList":[]}""")]
    [InlineData("""{"AbCd+EfGh/IjKl-MnOp_QrSt.0123456789==":1,"fieldList":[]}""")]
    public void A_form_that_holds_the_token_is_found(string json) => Assert.True(FormRepeats(json));

    [Theory]
    [InlineData("""{"fieldList":[{"name":"AbCd+EfGh\/IjKl-MnOp_QrSt.0123456789=="}]}""")]
    [InlineData("""{"fieldList":[{"name":"AbCd\u002BEfGh/IjKl-MnOp_QrSt.0123456789\u003d="}]}""")]
    [InlineData("""{"fieldList":[],"\u0041bCd+EfGh/IjKl-MnOp_QrSt.0123456789==":1}""")]
    [InlineData("""{"x":"\ud800","fieldList":[{"options":[["\n"," AbCd+EfGh\/IjKl-MnOp_QrSt.0123456789== "]]}]}""")]
    public void A_form_that_holds_the_token_in_JSON_escapes_is_found_too(string json) => Assert.True(FormRepeats(json));

    [Theory]
    [InlineData("""{"fieldList":[]}""")]
    [InlineData("""{"fieldList":[{"name":"a\/b\u0041"}]}""")]
    [InlineData("""{"fieldList":[{"name":"\ud800"}]}""")]
    [InlineData("""\ not JSON""")]
    [InlineData("")]
    public void Other_forms_are_let_pass(string json) => Assert.False(FormRepeats(json));

    [Fact]
    public void A_short_token_could_be_any_word_of_a_form() =>
        Assert.False(FormRepeats("""{"fieldList":[{"name":"test-token-user-a"}]}""", "test-token-user-a"));
}
