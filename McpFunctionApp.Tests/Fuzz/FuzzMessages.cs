using McpFunctionApp.Tests.Endpoint;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Fuzz;

/// <summary>Well-formed requests of both eras, which the fuzzer starts from.</summary>
internal static class FuzzMessages
{
    public const string Fields = $$"""
        {{Given.Fields}},
        {"name":"Count","paramName":"count","type":"NumberFieldRest","minLength":1,"maxLength":9},
        {"name":"Parts","paramName":"parts","type":"MultiSelectDropDownFieldRest","options":["door","window",{"name":"roof",
        "id":7}]}
        """;

    private static readonly (string Method, string? Members)[] s_messages =
    [
        ("initialize", null),
        ("ping", null),
        ("server/discover", null),
        ("tools/list", null),
        ("tools/list", "\"cursor\":\"\""),
        ("tools/call", null),
        ("tools/call", """ "name":"multiply","arguments":{"a":-4,"b":2.5e1},"_meta":{"progressToken":"p"} """),
        ("tools/call", """ "name":"echo","arguments":{"message":"hi \ud83d\ude00"} """),
        (
            "tools/call",
            """ "name":"create_request","arguments":{"subject":"x","priority":"high","count":3,"parts":["door","roof"]} """
        ),
        (
            "tools/call",
            """ "name":"create_request","arguments":{"subject":"x"},"inputResponses":{"a":{"action":"accept","content":{}}"""
                + """},"requestState":"s" """
        ),
        ("prompts/list", null),
        ("prompts/get", null),
        ("prompts/get", """ "name":"nothing","arguments":{"a":"b"} """),
        ("resources/list", null),
        ("resources/templates/list", null),
        ("resources/read", null),
        ("resources/subscribe", null),
        ("completion/complete", null),
        (
            "completion/complete",
            """ "ref":{"type":"ref/resource","uri":"test://{a}"},"argument":{"name":"a","value":""}"""
                + ""","context":{"arguments":{"b":"c"}} """
        ),
        ("logging/setLevel", null),
        ("subscriptions/listen", null),
        ("no/such", null),
        ("tasks/get", "\"taskId\":\"1\""),
        (
            "initialize",
            """ "protocolVersion":"2025-11-25","capabilities":{"roots":{"listChanged":true},"sampling":{"tools":{}}"""
                + ""","elicitation":{"form":{}},"experimental":{"a":{}},"extensions":{"b":{}}}"""
                + ""","clientInfo":{"name":"c","version":"1","icons":[{"src":"x","sizes":["any"]}]} """
        ),
    ];

    private static readonly string[] s_others =
    [
        """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
        """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1,"reason":"x"}}""",
        """{"jsonrpc":"2.0","id":1,"result":{}}""",
        """{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"x"}}""",
    ];

    public static FuzzRequest Pick(Random random)
    {
        var perRequest = random.Next(2) == 0;
        if (random.Next(12) == 0)
        {
            return Of(s_others[random.Next(s_others.Length)], perRequest ? Wire.Headers("notifications/initialized") : []);
        }

        var (method, members) = s_messages[random.Next(s_messages.Length)];
        (string Name, string Value)[] headers = Wire.Headers(method, perRequest);
        if (perRequest && members?.Contains("create_request", StringComparison.Ordinal) == true)
        {
            headers[^1] = ("Mcp-Name", "create_request");
        }
        else if (perRequest && members?.Contains("echo", StringComparison.Ordinal) == true)
        {
            headers[^1] = ("Mcp-Name", "echo");
        }

        return Of(
            Wire.Body(method, members, perRequest && members?.Contains("_meta", StringComparison.Ordinal) != true),
            headers
        );
    }

    private static FuzzRequest Of(string body, (string, string)[] headers) =>
        new(
            FuzzRequest.UsualLine,
            [
                ("Host", "localhost"),
                ("Accept", Wire.BothTypes),
                ("Content-Type", "application/json"),
                ("Authorization", $"Bearer {Given.Token}"),
                .. headers,
            ],
            System.Text.Encoding.UTF8.GetBytes(body),
            null
        );
}
