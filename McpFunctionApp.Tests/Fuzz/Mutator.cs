using System.Text;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Fuzz;

/// <summary>Makes one request out of one seed: a well-formed message, changed in its structure, its bytes and its
/// headers.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly string[] s_values =
    [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "1",
        "-1",
        "1.5",
        "1e2",
        "1e400",
        "1e-400",
        "-1E+9",
        "9223372036854775807",
        "9223372036854775808",
        "0.1e1",
        "01",
        "NaN",
        "\"\"",
        "\" \"",
        "\"2.0\"",
        "\"1\"",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "\"\\u0000\"",
        "\"\\ud83d\\ude00\"",
        "\"\\u200b\\u202e\"",
        "\"\\u000d\\u000aX: y\"",
        "\"2026-07-28\"",
        "\"2025-11-25\"",
        "\"2024-11-05\"",
        "\"1999-01-01\"",
        "\"tools/call\"",
        "\"tools/list\"",
        "\"ping\"",
        "\"initialize\"",
        "\"add\"",
        "\"echo\"",
        "\"create_request\"",
        "\"high\"",
        "\"info\"",
        "\"ref/prompt\"",
        "\"ref/resource\"",
        "\"=?base64?YWRk?=\"",
        "\"accept\"",
        "\"object\"",
        "\"high \"",
        "\"{}\"",
        "{}",
        "[]",
        "[[]]",
        "[1,\"a\",null]",
        "{\"\":{}}",
        "{\"a\":1,\"a\":2}",
        "{\"\\ud800\":1}",
        "{\"__proto__\":{}}",
        "{\"$ref\":\"#\"}",
        "{\"type\":\"object\"}",
        "{\"type\":1}",
    ];

    private static readonly string[] s_keys =
    [
        "\"\"",
        "\"id\"",
        "\"i\\u0064\"",
        "\"jsonrpc\"",
        "\"method\"",
        "\"params\"",
        "\"result\"",
        "\"error\"",
        "\"name\"",
        "\"arguments\"",
        "\"_meta\"",
        "\"cursor\"",
        "\"uri\"",
        "\"task\"",
        "\"progressToken\"",
        "\"inputResponses\"",
        "\"requestState\"",
        "\"io.modelcontextprotocol/protocolVersion\"",
        "\"io.modelcontextprotocol/clientCapabilities\"",
        "\"io.modelcontextprotocol/clientInfo\"",
        "\"io.modelcontextprotocol/logLevel\"",
        "\"io.modelcontextprotocol/related-task\"",
        "\"capabilities\"",
        "\"clientInfo\"",
        "\"experimental\"",
        "\"__proto__\"",
        "\"\\ud800\"",
        "\"subject\"",
        "\"Subject\"",
        "\"a\"",
        "\"extensions\"",
        "\"icons\"",
        "\"context\"",
        "\"ref\"",
        "\"content\"",
        "\"action\"",
        "\"$type\"",
        "\"type\"",
    ];

    private static readonly string[] s_headers =
    [
        "Accept",
        "Content-Type",
        "Authorization",
        "Origin",
        "Host",
        "MCP-Protocol-Version",
        "Mcp-Method",
        "Mcp-Name",
        "Mcp-Session-Id",
        "Mcp-Param-a",
        "Last-Event-ID",
        "Content-Encoding",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-HTTP-Method-Override",
        "Cookie",
        "Range",
        "If-None-Match",
        "Accept-Encoding",
        "traceparent",
        "Forwarded",
    ];

    private static readonly string[] s_headerValues =
    [
        "",
        " ",
        "*",
        "*/*",
        "application/json",
        "text/event-stream",
        "application/json;q=0",
        "application/json; charset=utf-16",
        "a/b;c=\"",
        ",,,",
        ";;;",
        "q=1",
        "2026-07-28",
        "2025-11-25",
        "1",
        "tools/list",
        "tools/call",
        "=?base64?dG9vbHMvbGlzdA==?=",
        "=?base64?gIA=?=",
        "=?base64?/w==?=",
        "=?base64?????=",
        "=?base64?",
        "http://localhost",
        "null",
        "http://evil.example",
        "http://[::1]:99999",
        "http://",
        "://",
        "file:///",
        "Bearer",
        "Bearer ",
        "Bearer a b",
        "Bearer \t x",
        "Basic eDp5",
        "bearer x.y.z",
        "Bearer e30.eyJleHAiOjFlOTl9.x",
        "Bearer e30.eyJncm91cHMiOnt9fQ.x",
        "Bearer e30.eyJleHAiOi05fQ.",
        "Bearer a.\u00e9.b",
        "gzip",
        "identity",
        "localhost:1",
        "evil.example",
        "[::1]",
        "\u00e9\u00ff",
        "\t",
        "a,b",
        "bytes=0-1",
    ];

    private readonly Random _random = new(seed);

    /// <summary>A token in a wrong place is only known to be one where it is in the right place, too.</summary>
    private bool _keepsToken;

    public FuzzRequest Make()
    {
        _keepsToken = _random.Next(2) == 0;
        var request = FuzzMessages.Pick(_random);
        if (Chance(75))
        {
            request = request with { Body = Encoding.UTF8.GetBytes(Restructured(Encoding.UTF8.GetString(request.Body))) };
        }

        if (Chance(20))
        {
            request = request with { Body = Several(3, request.Body, Scrambled) };
        }

        if (Chance(35))
        {
            request = Several(3, request, WithOtherHeaders);
        }

        return Chance(4) ? request with { Framing = Framing(request.Body.Length) }
            : Chance(3) ? request with { Line = Line() }
            : request;
    }

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Any<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];

    private T Several<T>(int most, T start, Func<T, T> change)
    {
        for (var n = _random.Next(most); n >= 0; n--)
        {
            start = change(start);
        }

        return start;
    }

    private string Value() =>
        _random.Next(20) switch
        {
            0 when _keepsToken => $"\"{Token()}\"",
            1 => $"\"{new string('x', _random.Next(20_000))}\"",
            2 => new string('[', 70) + new string(']', 70),
            3 => new string('9', _random.Next(1, 5_000)),
            4 => string.Concat(Enumerable.Repeat("{\"a\":", 60)) + "1" + new string('}', 60),
            5 => $"\"{Convert.ToBase64String(BitConverter.GetBytes(_random.NextInt64()))}\"",
            6 => $"[{string.Join(',', Enumerable.Repeat(Any(s_values), _random.Next(200)))}]",
            _ => Any(s_values),
        };

    private string Key() => _keepsToken && Chance(4) ? $"\"{Token()}\"" : Any(s_keys);

    /// <summary>The token, or with characters in it that nobody sees.</summary>
    private string Token() =>
        Chance(70)
            ? Given.Token
            : Given.Token.Insert(_random.Next(Given.Token.Length), Any<string>(["\\u200b", "\\u0000", " ", "\\ufe0f"]));

    private string Restructured(string json) =>
        Several(
                4,
                JsonTree.Parse(json),
                tree =>
                {
                    var nodes = tree.All().ToList();
                    var node = Any(nodes);
                    switch (_random.Next(9))
                    {
                        case 0 or 1:
                            node.Become(Value());
                            break;
                        case 2 when node.Members is { Count: > 0 } members:
                            members.RemoveAt(_random.Next(members.Count));
                            break;
                        case 3 when node.Members is { Count: > 0 } members:
                            members.Insert(_random.Next(members.Count + 1), Any(members));
                            break;
                        case 4 when node.Members is { Count: > 0 } members:
                            var at = _random.Next(members.Count);
                            members[at] = (Key(), members[at].Value);
                            break;
                        case 5 when node.Members is { } members:
                            members.Insert(_random.Next(members.Count + 1), (Key(), JsonTree.Leaf(Value())));
                            break;
                        case 6:
                            node.Become(Wrapped(node.ToString()));
                            break;
                        case 7:
                            node.Become(Any(nodes).ToString());
                            break;
                        default:
                            (node.Entries ?? []).Add(JsonTree.Leaf(Value()));
                            break;
                    }

                    return tree;
                }
            )
            .ToString();

    private string Wrapped(string json)
    {
        var depth = Chance(80) ? 1 : _random.Next(2, 70);
        return Chance(50)
            ? new string('[', depth) + json + new string(']', depth)
            : string.Concat(Enumerable.Repeat($"{{{Any(s_keys)}:", depth)) + json + new string('}', depth);
    }

    private byte[] Scrambled(byte[] body)
    {
        var at = _random.Next(body.Length + 1);
        var length = Math.Min(body.Length - at, _random.Next(1, 12));
        return _random.Next(7) switch
        {
            0 when at < body.Length => [.. body[..at], (byte)(body[at] ^ (1 << _random.Next(8))), .. body[(at + 1)..]],
            1 => [.. body[..at], .. body[(at + length)..]],
            2 => body[..at],
            3 => [.. body[..at], .. body[at..(at + length)], .. body[at..]],
            4 =>
            [
                .. body[..at],
                .. Any<byte[]>([
                    [0xFF],
                    [0xC0, 0xAF],
                    [0xED, 0xA0, 0x80],
                    [0xEF, 0xBB, 0xBF],
                    [0],
                    [0xE2, 0x80, 0xA8],
                    [0x0D, 0x0A],
                ]),
                .. body[at..],
            ],
            5 => [0xEF, 0xBB, 0xBF, .. body],
            _ => [.. body[..at], .. Encoding.UTF8.GetBytes(Value()), .. body[at..]],
        };
    }

    private FuzzRequest WithOtherHeaders(FuzzRequest request)
    {
        var headers = request.Headers;
        var at = _random.Next(headers.Count);
        if (_keepsToken && headers[at].Name == "Authorization")
        {
            return request;
        }

        var changed = _random.Next(9) switch
        {
            0 => headers.RemoveAt(at),
            1 when headers[at].Name != "Authorization" || !_keepsToken => headers.Add(headers[at]),
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
                            _random.Next(headers[at].Value.Length + 1),
                            Any<string>(["\u0001", "\u00ff", ",", ";", "\"", "\t", "\0", "\r\nX: y", "\n"])
                        )
                )
            ),
            6 when Chance(20) => headers.Add(("X-Long", new string('x', _random.Next(60_000)))),
            _ => NewHeader() is var added && added.Name == "Authorization" && _keepsToken ? headers : headers.Add(added),
        };
        return request with { Headers = changed };
    }

    private (string Name, string Value) NewHeader() => (Any(s_headers), HeaderValue());

    private string HeaderValue() =>
        _keepsToken && Chance(5) ? Given.Token
        : Chance(3) ? new string('a', _random.Next(20_000))
        : Any(s_headerValues);

    private string Framing(int length) =>
        _random.Next(8) switch
        {
            0 => $"Content-Length: {length + _random.Next(1, 100)}",
            1 => $"Content-Length: {Math.Max(0, length - _random.Next(1, 50))}",
            2 => "Transfer-Encoding: chunked",
            3 => "Content-Length: -1",
            4 => $"Content-Length: {length}\r\nTransfer-Encoding: chunked",
            5 => "X: y",
            6 => $"Content-Length: {length}\r\nConnection: close",
            _ => $"Expect: 100-continue\r\nContent-Length: {length}",
        };

    private string Line() =>
        Any<string>([
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
}
