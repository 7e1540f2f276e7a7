namespace McpFunctionApp.Tests.Fuzz;

/// <summary>Raw requests that broke a rule once, as the fuzzer prints them: each character is a byte.</summary>
internal static class KnownCases
{
    private const string Head =
        "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nContent-Type: application/json\r\nAuthorization: Bearer "
        + "tok.Zq7vXw4mK9rT2pLs8nBd.secret-part\r\n";

    public static TheoryData<string> All { get; } =
    [
        // The token as a tool's name, with a character in it that the log line leaves out.
        Head
            + "Content-Length: 136\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\","
            + "\"params\":{\"name\":\"tok.Zq7vXw4\\u200bmK9rT2pLs\\u200b8nBd.secret\\u200b-part\",\"arguments\":{}}}",
        // The token as the name of a member of a wrong type.
        Head
            + "Content-Length: 207\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"completion/complete\","
            + "\"params\":{\"ref\":{\"type\":\"ref/resource\",\"uri\":\"\"},\"argument\":{\"name\":\"\",\"value\":\"\"},"
            + "\"context\":{\"arguments\":{\"tok.Zq7vXw4mK9rT2pLs8nBd.secret-part\":[]}}}}",
        // A request that the SDK reads although nothing is served under its name.
        Head + "Content-Length: 72\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/subscribe\",\"params\":{\"\":{}}}",
        Head
            + "Content-Length: 76\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/unsubscribe\","
            + "\"params\":{\"uri\":1}}",
        Head
            + "Content-Length: 95\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"logging/setLevel\","
            + "\"params\":{\"requestState\":9,\"level\":\"info\"}}",
    ];
}
