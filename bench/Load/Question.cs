using System.Text;

namespace Bench.Load;

/// <summary>One HTTP request as bytes, and text that a right answer holds.</summary>
internal sealed record Question(byte[] Bytes, byte[] Marker)
{
    public const string Technician = "bench-technician";

    private const string Meta =
        """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}""";

    private const string Add =
        """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"add","arguments":{"a":40,"b":2}}}""";

    /// <summary>A list in a handshake revision: the form of this token, or the static tools without one.</summary>
    public static Question List(string? token = Technician, string? marker = null) =>
        Post(
            token,
            "MCP-Protocol-Version: 2025-11-25\r\n",
            """{"jsonrpc":"2.0","id":7,"method":"tools/list"}""",
            marker ?? (token is null ? "\"multiply\"" : "\"create_request\"")
        );

    public static Question ListPerRequest() =>
        Post(
            Technician,
            "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/list\r\n",
            $$$"""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"_meta":{{{Meta}}}}}""",
            "\"create_request\""
        );

    public static Question CallAdd() => Post(Technician, "MCP-Protocol-Version: 2025-11-25\r\n", Add, "\"text\":\"42\"");

    /// <param name="arguments">The required fields of the form, as JSON.</param>
    public static Question CallCreate(string arguments) =>
        Post(
            Technician,
            "MCP-Protocol-Version: 2025-11-25\r\n",
            $$$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"create_request","arguments":"""
                + $$$"""{{{arguments}}}}}""",
            "\"status\":\"pending\""
        );

    public bool IsAnsweredBy(int status, ReadOnlySpan<byte> body) => status == 200 && body.IndexOf(Marker) >= 0;

    /// <exception cref="InvalidOperationException">The answer that was read last is another.</exception>
    public void Check(Wire wire)
    {
        if (!IsAnsweredBy(wire.Status, wire.Body))
        {
            var body = Encoding.UTF8.GetString(wire.Body);
            throw new InvalidOperationException(
                $"A wrong answer, HTTP {wire.Status}, without {Encoding.UTF8.GetString(Marker)}: "
                    + $"{(body.Length > 500 ? body[..500] : body)}"
            );
        }
    }

    private static Question Post(string? token, string headers, string body, string marker)
    {
        var authorization = token is null ? "" : $"Authorization: Bearer {token}\r\n";
        var text =
            $"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAccept: application/json, "
            + $"text/event-stream\r\n{authorization}{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
        return new Question(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(marker));
    }
}
