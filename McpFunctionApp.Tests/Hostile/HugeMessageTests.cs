using System.Text;

namespace McpFunctionApp.Tests.Hostile;

/// <summary>Messages within the size limit that cost much where something is quadratic or repeated without a bound.</summary>
public sealed class HugeMessageTests(HostileApp fixture) : IClassFixture<HostileApp>
{
    private const int Size = 1_000_000;

    [Theory]
    [InlineData("many unknown arguments")]
    [InlineData("many unknown members")]
    [InlineData("many unknown params")]
    [InlineData("many unknown arguments of a static tool")]
    [InlineData("a number of a million digits")]
    [InlineData("a fraction of a million digits")]
    [InlineData("an enormous exponent")]
    [InlineData("a long tool name")]
    [InlineData("a long text for a choice")]
    [InlineData("escapes only")]
    [InlineData("many nested lists")]
    public async Task A_costly_message_is_answered_in_time_and_shortly(string kind)
    {
        var answer = (await fixture.AnswerAsync(HostileApp.Post(Message(kind))))!;
        Assert.Contains(answer.Status, new[] { 200, 400 });
        Assert.Equal(7, answer.Json.GetProperty("id").GetInt32());
        Assert.InRange(answer.Body.Length, 1, 20_000);
        Assert.DoesNotContain(fixture.App.Log.Lines, line => line.Text.Length > 2_000);
    }

    [Fact]
    public async Task A_long_id_comes_back_whole_and_is_not_logged()
    {
        var id = new string('i', Size);
        var answer = (await fixture.AnswerAsync(HostileApp.Post($$"""{"jsonrpc":"2.0","id":"{{id}}","method":"ping"}""")))!;
        Assert.Equal(id, answer.Json.GetProperty("id").GetString());
        Assert.DoesNotContain(fixture.App.Log.Lines, line => line.Text.Length > 2_000);
    }

    private static string Message(string kind) =>
        kind switch
        {
            "many unknown arguments" => Call("create_request", Members(n => $"\"subjekt{n}\":1")),
            "many unknown members" => $$"""{"jsonrpc":"2.0","id":7,"method":"ping",{{Members(n => $"\"m{n}\":[]")}}}""",
            "many unknown params" =>
                $$$"""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{ {{{Members(n => $"\"m{n}\":null")}}} } }""",
            "many unknown arguments of a static tool" => Call("echo", Members(n => $"\"a{n:x8}\":0")),
            "a number of a million digits" => Call("add", $"\"a\":{new string('9', Size)},\"b\":1"),
            "a fraction of a million digits" => Call("add", $"\"a\":0.{new string('0', Size)}1,\"b\":1"),
            "an enormous exponent" => Call("add", $"\"a\":1e{new string('9', Size)},\"b\":1e-2147483648"),
            "a long tool name" => Call(new string('n', Size), ""),
            "a long text for a choice" => Call("create_request", $"\"subject\":\"x\",\"priority\":\"{new string('h', Size)}\""),
            "escapes only" => Call(
                "create_request",
                $"\"subject\":\"x\",\"priority\":\"{string.Concat(Enumerable.Repeat("\\u0000", Size / 6))}\""
            ),
            _ => Call("create_request", $"\"subject\":[{string.Join(',', Enumerable.Repeat("[[[]]]", Size / 7))}]"),
        };

    private static string Call(string tool, string arguments) =>
        $$$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{ {{{arguments}}} } } }""";

    private static string Members(Func<int, string> member)
    {
        var text = new StringBuilder();
        for (var n = 0; text.Length < Size - 100; n++)
        {
            text.Append(n == 0 ? "" : ",").Append(member(n));
        }

        return text.ToString();
    }
}
