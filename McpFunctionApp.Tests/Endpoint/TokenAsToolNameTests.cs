using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Endpoint;

/// <summary>A token that was typed in place of a tool's name comes back in no answer and no log line.</summary>
public sealed class TokenAsToolNameTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\u200B")]
    [InlineData("\uFE0F")]
    public async Task A_token_is_not_repeated_even_where_something_invisible_parts_it(string mark)
    {
        await using var api = await FakeFormApi.StartAsync();
        await using var app = await TestApp.StartAsync(api);
        var name = string.Join(mark, Given.Token.Chunk(5).Select(piece => new string(piece)));
        var answer = await app.Rpc.CallAsync(name, "{}", Given.Token);
        Assert.Equal(-32602, answer.Code);
        Assert.DoesNotContain(Given.Token, answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Log.Of(4001), line => line.Text.Contains(Given.Token, StringComparison.Ordinal));
    }
}
