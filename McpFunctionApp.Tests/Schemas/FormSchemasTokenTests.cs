using System.Net;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>A form that repeats the caller's token is malformed, however the form API wrote it down.</summary>
public sealed class FormSchemasTokenTests
{
    private const string Token = "tok/Zq7vXw4mK9rT2pLs8nBd+secret/part-of-it";

    public static TheoryData<string, string> Repetitions =>
        new()
        {
            { "in a description", Described(Token) },
            { "with escaped slashes", Described(Token.Replace("/", "\\/", StringComparison.Ordinal)) },
            { "with an escaped plus", Described(Token.Replace("+", "\\u002B", StringComparison.Ordinal)) },
            { "as escapes only", Described(string.Concat(Token.Select(c => $"\\u{(int)c:x4}"))) },
            { "as a name", $$"""{"name":"{{Token}}","type":"TextFieldRest"}""" },
            { "as an option", $$"""{"name":"a","type":"DropDownFieldRest","options":["low","{{Token}}"]}""" },
            { "as a default", $$"""{"name":"a","type":"TextFieldRest","defaultValue":"{{Token}}"}""" },
            {
                "as the name of a field that cannot be read",
                $$"""{"name":"{{Token}}","type":7,"required":true},{"name":"b","type":"TextFieldRest"}"""
            },
            {
                "as the name of a hidden field",
                $$"""{"name":"{{Token}}","type":"TextFieldRest","hidden":true},{"name":"b","type":"TextFieldRest"}"""
            },
        };

    [Theory]
    [MemberData(nameof(Repetitions))]
    public async Task It_is_neither_listed_nor_logged(string what, string fields)
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(fields);
        await using var app = await WatchedApp.StartAsync(api);
        Assert.True("malformed" == (await app.Rpc.ListAsync(Token)).FallbackReason, what);
        Assert.Equal("form_unavailable", (await app.Rpc.CallAsync("create_request", "{}", Token)).ErrorCode);
    }

    [Fact]
    public async Task It_is_not_shown_as_the_nearest_value_of_a_long_list_either()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(
            $$"""{"name":"a","type":"DropDownFieldRest","options":[{{string.Join(',', Enumerable.Range(0, 300))}},"{{Token}}"]}"""
        );
        await using var app = await WatchedApp.StartAsync(api);
        Assert.Equal("form_unavailable", (await app.Rpc.CallAsync("create_request", """{"a":"tok/Zq7v"}""", Token)).ErrorCode);
    }

    [Fact]
    public async Task A_short_token_may_be_a_word_of_the_form()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        await using var app = await WatchedApp.StartAsync(api);
        Assert.Contains("create_request", (await app.Rpc.ListAsync("Subject")).ToolNames);
    }

    [Fact]
    public async Task No_header_that_is_not_a_callers_token_reaches_the_form_api()
    {
        await using var api = await FakeFormApi.StartAsync();
        await using var app = await WatchedApp.StartAsync(api);
        var answer = await app.Rpc.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""",
            null,
            ("Authorization", "Basic dXNlcjpwYXNzd29yZC1vZi11c2Vy")
        );
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("no_token", answer.FallbackReason);
        Assert.Empty(api.Calls);
    }

    private static string Described(string description) =>
        $$"""{"name":"a","type":"TextFieldRest","description":"seen: {{description}}"}""";
}
