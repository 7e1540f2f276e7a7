using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Endpoint.Direct;

/// <summary>Calls, and the ids of all requests, come back as the SDK's server would have answered them.</summary>
public sealed class DirectCallTests(DirectApp shared) : IClassFixture<DirectApp>
{
    public static TheoryData<string> Calls =>
        [
            """{"name":"add","arguments":{"a":1,"b":41}}""",
            """{"name":"add","arguments":{"a":9223372036854775807,"b":1}}""",
            """{"name":"add","arguments":{"a":"1","c":2}}""",
            """{"name":"add"}""",
            """{"name":"echo","arguments":{"message":"\u00e9 \ud83d\ude80 <b>&'\"+\\ \u0001\u2028/"}}""",
            """{"name":"no_such_tool <>'","arguments":{}}""",
            """{"name":"create_request","arguments":{"subject":"Printer \u00fc","priority":"high"}}""",
            """{"name":"create_request","arguments":{"priority":"highest"}}""",
        ];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_is_what_the_SDK_would_have_answered(string parameters)
    {
        var app = shared.App;
        foreach (
            var (token, perRequest) in new[]
            {
                (Given.Token, false),
                (Given.Token, true),
                (null, true),
                (Given.OtherToken, false),
            }
        )
        {
            await app.AssertAlikeAsync("tools/call", JsonNode.Parse(parameters)!.AsObject(), token, perRequest);
        }
    }

    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task In_every_handshake_revision_a_list_and_a_call_are_what_the_SDK_would_have_answered(string revision)
    {
        var app = shared.App;
        foreach (
            var (method, members) in new[]
            {
                ("tools/list", ""),
                ("tools/call", """ "name":"add","arguments":{"a":1,"b":2} """),
                ("tools/call", $$""" "name":"create_request","arguments":{{Given.Call}} """),
            }
        )
        {
            var direct = await PostAsync(app, method, members, revision);
            var bySdk = await PostAsync(app, method, members.Length == 0 ? "\"odd\":1" : $"{members},\"odd\":1", revision);
            TwoWays.AssertAlike(bySdk, direct);
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-9223372036854775808")]
    [InlineData("9223372036854775807")]
    [InlineData("\"\"")]
    [InlineData("\"\\u00e9\\ud83d\\ude80<\\\"\\/\\n\"")]
    public async Task An_id_comes_back_as_the_SDK_would_have_written_it(string id)
    {
        var app = shared.App;
        foreach (var parameters in new[] { """{"name":"add","arguments":{"a":1,"b":2}}""", "{}" })
        {
            var method = parameters == "{}" ? "tools/list" : "tools/call";
            var direct = await app.Rpc.PostAsync(
                $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}"""
            );
            var odd = await app.Rpc.PostAsync(
                $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":"""
                    + $$"""{{parameters.Insert(1, parameters == "{}" ? "\"odd\":1" : "\"odd\":1,")}}}"""
            );
            TwoWays.AssertAlike(odd, direct);
        }
    }

    private static Task<RpcAnswer> PostAsync(TestApp app, string method, string members, string revision) =>
        app.Rpc.PostAsync(Wire.Body(method, members), Given.Token, ("MCP-Protocol-Version", revision));
}
