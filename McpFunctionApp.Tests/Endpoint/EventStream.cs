using System.Text.Json.Nodes;

namespace McpFunctionApp.Tests.Endpoint;

/// <summary>Reads server-sent events strictly: nothing may be there but whole events of one type and one line of JSON.</summary>
internal static class EventStream
{
    private const string Start = "event: message\ndata: ";

    public static IReadOnlyList<JsonNode> Read(string body)
    {
        Assert.EndsWith("\n\n", body, StringComparison.Ordinal);
        return
        [
            .. body[..^2]
                .Split("\n\n")
                .Select(text =>
                {
                    Assert.StartsWith(Start, text, StringComparison.Ordinal);
                    var data = text[Start.Length..];
                    Assert.DoesNotContain('\n', data);
                    var message = JsonNode.Parse(data)!;
                    Assert.Equal("2.0", (string?)message["jsonrpc"]);
                    return message;
                }),
        ];
    }
}
