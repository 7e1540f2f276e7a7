using McpFunctionApp.Arguments;
using McpFunctionApp.Catalog;
using McpFunctionApp.Replies;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Catalog;

/// <summary>add, echo and multiply: text, structured content, and the edges of 64 bits.</summary>
public sealed class StaticToolsTests
{
    private readonly StaticTools _tools = new(
        new StaticToolsOptions(Enabled: true),
        new ArgumentReader(ArgumentReader.UsuallyIgnored)
    );

    [Theory]
    [InlineData("add", "2", "40", "42")]
    [InlineData("add", "2.0", "2e0", "4")]
    [InlineData("add", "-0", "0.0", "0")]
    [InlineData("add", "1.5e1", "20E-1", "17")]
    [InlineData("add", "\"2\"", "\" 40.0 \"", "42")]
    [InlineData("add", "9223372036854775806", "1", "9223372036854775807")]
    [InlineData("add", "-9223372036854775807", "-1", "-9223372036854775808")]
    [InlineData("add", "9223372036854775807.0", "0", "9223372036854775807")]
    [InlineData("add", "9223372036854775807", "-9223372036854775808", "-1")]
    [InlineData("multiply", "6", "7", "42")]
    [InlineData("multiply", "-3037000499", "3037000499", "-9223372030926249001")]
    [InlineData("multiply", "-9223372036854775808", "1", "-9223372036854775808")]
    public async Task A_result_is_the_bare_number_as_text_and_an_object_as_structure(
        string tool,
        string a,
        string b,
        string result
    )
    {
        var reply = await RunAsync(tool, $$"""{"a":{{a}},"b":{{b}}}""");
        Assert.Null(reply.ErrorCode);
        Assert.Equal(result, reply.Text);
        Assert.Equal($$"""{"result":{{result}}}""", reply.Structured!.Value.GetRawText());
    }

    [Theory]
    [InlineData("add", "9223372036854775807", "1")]
    [InlineData("add", "-9223372036854775808", "-1")]
    [InlineData("multiply", "4611686018427387904", "2")]
    [InlineData("multiply", "-9223372036854775808", "-1")]
    public async Task A_result_beyond_64_bits_is_an_error_that_says_so(string tool, string a, string b)
    {
        var reply = await RunAsync(tool, $$"""{"a":{{a}},"b":{{b}}}""");
        Assert.Equal("invalid_arguments", reply.ErrorCode);
        Assert.Contains("does not fit into 64 bits", reply.Text, StringComparison.Ordinal);
        Assert.Null(reply.Structured);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e-30")]
    [InlineData("0.00000000000000000000000000000000000001")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("9223372036854775807.5")]
    [InlineData("1e400")]
    [InlineData("\"+1\"")]
    [InlineData("\"007\"")]
    [InlineData("\"\"")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public async Task What_is_no_whole_number_of_64_bits_is_refused_by_name(string a)
    {
        var reply = await RunAsync("add", $$"""{"a":{{a}},"b":1}""");
        Assert.Equal("invalid_arguments", reply.ErrorCode);
        Assert.StartsWith("a: ", reply.Text, StringComparison.Ordinal);
        Assert.Null(reply.Structured);
    }

    [Theory]
    [InlineData("hi")]
    [InlineData("  two\nlines, \"quotes\", ümläuts and 🎉  ")]
    public async Task Echo_repeats_the_message_as_it_is(string message)
    {
        var reply = await RunAsync("echo", JsonSerializer.Serialize(new Dictionary<string, string> { ["message"] = message }));
        Assert.Equal($"Echo: {message}", reply.Text);
        Assert.Equal($"Echo: {message}", reply.Structured!.Value.GetProperty("message").GetString());
        Assert.Single(reply.Structured!.Value.EnumerateObject());
    }

    [Theory]
    [InlineData("123", "123")]
    [InlineData("1.50", "1.50")]
    [InlineData("true", "true")]
    public async Task A_number_that_a_client_has_made_of_a_message_is_repeated_as_it_was_written(string json, string message) =>
        Assert.Equal(
            $"Echo: {message}",
            (await RunAsync("echo", $$"""{"message":{{json}},"toolCallId":"x","wait_for_previous":true}""")).Text
        );

    [Theory]
    [InlineData("echo", """{"message":[7]}""", "message")]
    [InlineData("echo", """{"message":" "}""", "message")]
    [InlineData("echo", "{}", "message")]
    [InlineData("add", """{"a":1}""", "b")]
    [InlineData("multiply", """{"a":1,"b":2,"c":3}""", "c")]
    public async Task Missing_wrong_and_unknown_arguments_are_named(string tool, string arguments, string named)
    {
        var reply = await RunAsync(tool, arguments);
        Assert.Equal("invalid_arguments", reply.ErrorCode);
        Assert.StartsWith($"{named}: ", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_found_exactly_or_not_at_all()
    {
        Assert.NotNull(_tools.Find("add"));
        Assert.Null(_tools.Find("Add"));
        Assert.Null(_tools.Find("add "));
        Assert.Null(_tools.Find(""));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Given.Token)]
    public async Task Everyone_can_call_them_over_HTTP_whatever_the_form_api_does(string? token)
    {
        await using var api = await FakeFormApi.StartAsync();
        await using var app = await WatchedApp.StartAsync(api);
        var answer = await app.Rpc.CallAsync("multiply", """{"a":6,"b":7}""", token);
        Assert.Equal("42", answer.Text);
        Assert.Equal("""{"result":42}""", answer.Result["structuredContent"]!.ToJsonString());
        Assert.Equal("Echo: hi", (await app.Rpc.CallAsync("echo", """{"message":"hi"}""", token)).Text);
        var failed = await app.Rpc.CallAsync("add", """{"a":9223372036854775807,"b":1}""", token);
        Assert.True(failed.IsError);
        Assert.Null(failed.Result["structuredContent"]);
        Assert.Empty(api.Calls);
    }

    private Task<ToolReply> RunAsync(string tool, string arguments) =>
        _tools.Find(tool)!.RunAsync(JsonElement.Parse(arguments), CancellationToken.None);

    [Fact]
    public async Task StaticTools_Enabled_false_takes_them_off_lists_and_calls()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        await using var app = await TestApp.StartAsync(api, settings: new() { ["StaticTools:Enabled"] = "false" });
        Assert.Equal(["create_request", "draft_create_request"], (await app.Rpc.ListAsync(Given.Token)).ToolNames);
        Assert.Empty((await app.Rpc.ListAsync()).ToolNames);
        foreach (var tool in (string[])["add", "echo", "multiply"])
        {
            Assert.Equal(-32602, (await app.Rpc.CallAsync(tool, """{"a":1,"b":2}""", Given.Token)).Code);
        }

        Assert.False((await app.Rpc.CallAsync("create_request", Given.Call, Given.Token)).IsError);
    }
}
