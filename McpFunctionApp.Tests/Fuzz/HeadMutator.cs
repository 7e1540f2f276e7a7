using System.Text;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Fuzz;

/// <summary>Changes the headers of a request, how they announce its body, and its first line.</summary>
internal sealed class HeadMutator(FuzzDice dice)
{
    public FuzzRequest WithOtherHeaders(FuzzRequest request)
    {
        var headers = request.Headers;
        var at = dice.Next(headers.Count);
        if (dice.KeepsToken && headers[at].Name == "Authorization")
        {
            return request;
        }

        var changed = dice.Next(9) switch
        {
            0 => headers.RemoveAt(at),
            1 when headers[at].Name != "Authorization" || !dice.KeepsToken => headers.Add(headers[at]),
            2 => headers.SetItem(at, (headers[at].Name, HeaderValue())),
            3 => headers.SetItem(at, (headers[at].Name.ToUpperInvariant(), $" \t{headers[at].Value} ")),
            4 when headers[at].Name.StartsWith("Mcp-", StringComparison.Ordinal) => headers.SetItem(
                at,
                (headers[at].Name, $"=?base64?{Convert.ToBase64String(Encoding.UTF8.GetBytes(headers[at].Value))}?=")
            ),
            5 => headers.SetItem(
                at,
                (
                    headers[at].Name,
                    headers[at]
                        .Value.Insert(
                            dice.Next(headers[at].Value.Length + 1),
                            dice.Any<string>(["\u0001", "\u00ff", ",", ";", "\"", "\t", "\0", "\r\nX: y", "\n"])
                        )
                )
            ),
            6 when dice.Chance(20) => headers.Add(("X-Long", new string('x', dice.Next(60_000)))),
            _ => NewHeader() is var added && added.Name == "Authorization" && dice.KeepsToken ? headers : headers.Add(added),
        };
        return request with { Headers = changed };
    }

    public string Framing(int length) =>
        dice.Next(8) switch
        {
            0 => $"Content-Length: {length + dice.Next(1, 100)}",
            1 => $"Content-Length: {Math.Max(0, length - dice.Next(1, 50))}",
            2 => "Transfer-Encoding: chunked",
            3 => "Content-Length: -1",
            4 => $"Content-Length: {length}\r\nTransfer-Encoding: chunked",
            5 => "X: y",
            6 => $"Content-Length: {length}\r\nConnection: close",
            _ => $"Expect: 100-continue\r\nContent-Length: {length}",
        };

    public string Line() =>
        dice.Any<string>([
            "GET /mcp HTTP/1.1",
            "DELETE /mcp HTTP/1.1",
            "PUT /mcp HTTP/1.1",
            "OPTIONS /mcp HTTP/1.1",
            "POST /MCP HTTP/1.1",
            "POST /mcp/ HTTP/1.1",
            "POST /mcp?x=%00&y=%zz HTTP/1.1",
            "POST //mcp HTTP/1.1",
            "POST /%6dcp HTTP/1.1",
            "POST /mcp HTTP/1.0",
            "POST /mcp/../mcp HTTP/1.1",
            "POST http://localhost/mcp HTTP/1.1",
            "POST http://evil.example/mcp HTTP/1.1",
            "POST /cache HTTP/1.1",
            "DELETE /cache/me HTTP/1.1",
            "GET /health HTTP/1.1",
            "GET /requests HTTP/1.1",
            "POST * HTTP/1.1",
            "\u00ffOST /mcp HTTP/1.1",
            "POST /mcp HTTP/3",
            "POST /mcp",
        ]);

    private (string Name, string Value) NewHeader() => (dice.Any(FuzzHeaders.Names), HeaderValue());

    private string HeaderValue() =>
        dice.KeepsToken && dice.Chance(5) ? Given.Token
        : dice.Chance(3) ? new string('a', dice.Next(20_000))
        : dice.Any(FuzzHeaders.Values);
}
