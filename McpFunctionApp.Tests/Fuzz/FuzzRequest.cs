using System.Collections.Immutable;
using System.Text;

namespace McpFunctionApp.Tests.Fuzz;

/// <summary>An HTTP request that need not be one. Its body is framed correctly unless <paramref name="Framing"/> says how
/// else.</summary>
/// <param name="Body">Any bytes.</param>
/// <param name="Framing">The header lines that announce the body; null: its true Content-Length.</param>
internal sealed record FuzzRequest(string Line, ImmutableList<(string Name, string Value)> Headers, byte[] Body, string? Framing)
{
    public const string UsualLine = "POST /mcp HTTP/1.1";

    private static readonly string[] s_framing =
    [
        "Content-Length",
        "Transfer-Encoding",
        "Connection",
        "Expect",
        "Upgrade",
        "Keep-Alive",
    ];

    /// <summary>Whether it is one request with one answer: where one ends is then clear to both sides.</summary>
    public bool IsClear =>
        Framing is null
        && Line == UsualLine
        && Headers.TrueForAll(header =>
            !s_framing.Contains(header.Name.Trim(), StringComparer.OrdinalIgnoreCase)
            && header.Name.Length > 0
            && header.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            && !header.Value.AsSpan().ContainsAny('\r', '\n', '\0')
        );

    public byte[] ToBytes()
    {
        var head = new StringBuilder(Line).Append("\r\n");
        foreach (var (name, value) in Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        head.Append(Framing ?? $"Content-Length: {Body.Length}").Append("\r\n\r\n");
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. Body];
    }

    /// <summary>The request that these raw bytes are, each character a byte.</summary>
    public static FuzzRequest Parse(string raw)
    {
        var parts = raw.Split("\r\n\r\n", 2);
        var lines = parts[0].Split("\r\n");
        var right = $"Content-Length: {parts[1].Length}";
        var framing = string.Join(
            "\r\n",
            lines[1..].Where(line => s_framing.Contains(line.Split(':')[0].Trim(), StringComparer.OrdinalIgnoreCase))
        );
        var others = lines[1..].Where(line => !s_framing.Contains(line.Split(':')[0].Trim(), StringComparer.OrdinalIgnoreCase));
        return new FuzzRequest(
            lines[0],
            [.. others.Select(line => line.Split(": ", 2)).Select(pair => (pair[0], pair.Length > 1 ? pair[1] : ""))],
            Encoding.Latin1.GetBytes(parts[1]),
            framing == right ? null : framing
        );
    }

    /// <summary>The raw request as a C# string, each character a byte: fit for <see cref="KnownCases"/>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("\"");
        foreach (var b in ToBytes())
        {
            text.Append(
                b switch
                {
                    (byte)'\r' => "\\r",
                    (byte)'\n' => "\\n",
                    (byte)'"' => "\\\"",
                    (byte)'\\' => "\\\\",
                    < 0x20 or > 0x7E => $"\\u{(int)b:x4}",
                    _ => ((char)b).ToString(),
                }
            );
        }

        return text.Append('"').ToString();
    }
}
