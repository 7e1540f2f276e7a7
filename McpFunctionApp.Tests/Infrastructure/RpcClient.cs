using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>An HTTP answer of the MCP endpoint, read whole.</summary>
public sealed record RpcAnswer(HttpStatusCode Status, string ContentType, HttpResponseHeaders Headers, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public JsonNode Result => Json["result"] ?? throw new InvalidOperationException($"no result: {Body}");

    public JsonNode Error => Json["error"] ?? throw new InvalidOperationException($"no error: {Body}");

    public int Code => (int)Error["code"]!;

    public IReadOnlyList<string> ToolNames => [.. Result["tools"]!.AsArray().Select(tool => (string)tool!["name"]!)];

    public JsonNode Tool(string name) => Result["tools"]!.AsArray().First(tool => (string)tool!["name"]! == name)!;

    /// <summary>The first text of a call's result.</summary>
    public string Text => (string)Result["content"]![0]!["text"]!;

    public bool IsError => (bool?)Result["isError"] == true;

    /// <summary>The code of a call's error result, from its _meta.</summary>
    public string? ErrorCode => (string?)Result["_meta"]?["io.github.mcp-function-app/error"]?["code"];

    /// <summary>The reason of a list's fallback, from its _meta.</summary>
    public string? FallbackReason => (string?)Result["_meta"]?["io.github.mcp-function-app/fallback"]?["reason"];
}

/// <summary>Speaks to the MCP endpoint in plain HTTP, in the handshake revisions or in 2026-07-28.</summary>
public sealed class RpcClient(HttpClient http)
{
    public const string PerRequest = "2026-07-28";

    /// <summary>A request of a handshake revision, without the version header unless one is given.</summary>
    public Task<RpcAnswer> RequestAsync(
        string method,
        JsonObject? parameters = null,
        string? token = null,
        string? revision = null,
        JsonNode? id = null
    )
    {
        var message = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = id ?? 1,
            ["method"] = method,
        };
        if (parameters is not null)
        {
            message["params"] = parameters;
        }

        return PostAsync(message.ToJsonString(), token, revision is null ? [] : [("MCP-Protocol-Version", revision)]);
    }

    /// <summary>A well-formed request of revision 2026-07-28: its metadata and headers are added.</summary>
    public Task<RpcAnswer> PerRequestAsync(
        string method,
        JsonObject? parameters = null,
        string? token = null,
        JsonNode? id = null
    )
    {
        var given = parameters ?? [];
        var meta = given["_meta"]?.AsObject() ?? [];
        meta["io.modelcontextprotocol/protocolVersion"] = PerRequest;
        meta["io.modelcontextprotocol/clientCapabilities"] ??= new JsonObject();
        given["_meta"] = meta;
        var headers = new List<(string, string)> { ("MCP-Protocol-Version", PerRequest), ("Mcp-Method", method) };
        if (((string?)given["name"] ?? (string?)given["uri"]) is { } name)
        {
            headers.Add(("Mcp-Name", name));
        }

        var message = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = id ?? 1,
            ["method"] = method,
            ["params"] = given,
        };
        return PostAsync(message.ToJsonString(), token, [.. headers]);
    }

    public Task<RpcAnswer> ListAsync(string? token = null, bool perRequest = false) =>
        perRequest ? PerRequestAsync("tools/list", null, token) : RequestAsync("tools/list", null, token);

    public Task<RpcAnswer> CallAsync(string tool, string arguments, string? token = null, bool perRequest = false)
    {
        var parameters = new JsonObject { ["name"] = tool, ["arguments"] = JsonNode.Parse(arguments) };
        return perRequest ? PerRequestAsync("tools/call", parameters, token) : RequestAsync("tools/call", parameters, token);
    }

    public Task<RpcAnswer> PostAsync(string body, string? token = null, params (string Name, string Value)[] headers) =>
        PostAsync(Encoding.UTF8.GetBytes(body), token, headers);

    /// <summary>Sends any bytes as a POST with the headers that a correct client sends; a given header replaces its
    /// own.</summary>
    public async Task<RpcAnswer> PostAsync(byte[] body, string? token = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new ByteArrayContent(body) };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        foreach (var (name, value) in headers)
        {
            HttpHeaders target = name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
                ? request.Content.Headers
                : request.Headers;
            target.Remove(name);
            target.TryAddWithoutValidation(name, value);
        }

        return await SendAsync(request);
    }

    public async Task<RpcAnswer> SendAsync(HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request);
        return new RpcAnswer(
            response.StatusCode,
            response.Content.Headers.ContentType?.MediaType ?? "",
            response.Headers,
            await response.Content.ReadAsStringAsync()
        );
    }
}
