using System.Text;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Endpoint;

/// <summary>Messages as text, for all that a client's library would never send.</summary>
internal static class Wire
{
    public const string BothTypes = "application/json, text/event-stream";

    public const string Meta =
        """ "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}} """;

    /// <summary><see cref="Meta"/> with a member more.</summary>
    public static string MetaWith(string member) =>
        Meta.Replace("\"_meta\":{", $"\"_meta\":{{{member},", StringComparison.Ordinal);

    /// <summary>Parameters that are well-formed for their method, by method.</summary>
    public static string ParametersOf(string method) =>
        method switch
        {
            "initialize" => """ "protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"} """,
            "tools/call" => """ "name":"add","arguments":{"a":1,"b":2} """,
            "prompts/get" => """ "name":"nothing" """,
            "resources/read" or "resources/subscribe" or "resources/unsubscribe" => """ "uri":"test://nothing" """,
            "completion/complete" => """ "ref":{"type":"ref/prompt","name":"nothing"},"argument":{"name":"a","value":"b"} """,
            "logging/setLevel" => """ "level":"info" """,
            "subscriptions/listen" => """ "notifications":{"toolsListChanged":true} """,
            _ => "",
        };

    /// <summary>A request's body; with <paramref name="perRequest"/> with the metadata that 2026-07-28 asks for.</summary>
    /// <param name="members">The members of params, without its braces; null: well-formed ones.</param>
    public static string Body(string method, string? members = null, bool perRequest = false, string id = "1")
    {
        members ??= ParametersOf(method);
        var all = perRequest ? $"{Meta}{(members.Length == 0 ? "" : ",")}{members}" : members;
        return $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"{{{method}}}","params":{ {{{all}}} }}""";
    }

    /// <summary>The headers that 2026-07-28 asks for; none for the handshake revisions.</summary>
    public static (string Name, string Value)[] Headers(string method, bool perRequest = true) =>
        !perRequest
            ? []
            : method switch
            {
                "tools/call" => [.. Headers("*"), ("Mcp-Method", method), ("Mcp-Name", "add")],
                "prompts/get" => [.. Headers("*"), ("Mcp-Method", method), ("Mcp-Name", "nothing")],
                "resources/read" => [.. Headers("*"), ("Mcp-Method", method), ("Mcp-Name", "test://nothing")],
                "*" => [("MCP-Protocol-Version", RpcClient.PerRequest)],
                _ => [.. Headers("*"), ("Mcp-Method", method)],
            };

    public static Task<RpcAnswer> SendAsync(
        this RpcClient rpc,
        string method,
        bool perRequest,
        string? members = null,
        string? token = null,
        string id = "1"
    ) => rpc.PostAsync(Body(method, members, perRequest, id), token, Headers(method, perRequest));

    /// <summary>A POST without any header of its own but the content's length.</summary>
    public static HttpRequestMessage BarePost(string body) =>
        new(HttpMethod.Post, "/mcp") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };

    public static HttpRequestMessage Post(string body, params (string Name, string Value)[] headers)
    {
        var request = BarePost(body);
        request.Headers.TryAddWithoutValidation("Accept", BothTypes);
        request.Content!.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    /// <summary>An answer that is one JSON-RPC error and nothing else: JSON, with this status, code and id.</summary>
    public static void IsError(RpcAnswer answer, int status, int code, string id)
    {
        Assert.Equal(status, (int)answer.Status);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal(code, answer.Code);
        Assert.Equal("2.0", (string?)answer.Json["jsonrpc"]);
        Assert.True(answer.Json.AsObject().ContainsKey("id"), answer.Body);
        Assert.Equal(id, answer.Json["id"]?.ToJsonString() ?? "null");
        Assert.NotEmpty((string)answer.Error["message"]!);
        Assert.False(answer.Json.AsObject().ContainsKey("result"));
    }
}
