using System.Net.Sockets;
using System.Text;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Stress;

namespace McpFunctionApp.Tests.Journeys;

/// <summary>A token in a line that is no HTTP header: a slip of a client or proxy, which Kestrel would quote in its
/// log.</summary>
public sealed class MalformedHeaderTests
{
    private const string Token = "Zq3+vT8/kLw0-R5nYb2.Hs7_Jd9~Gf4Xc6Mp1Aa==";

    private static readonly TokenHunt s_hunt = new([Token]);

    [Theory]
    [InlineData("Authorization : Bearer TOKEN")]
    [InlineData("Authorization: Bearer TOKEN\0")]
    [InlineData("Authorization Bearer TOKEN")]
    public Task A_header_that_is_no_header_is_not_logged_with_its_token(string header) =>
        AssertRefusedAndNotLoggedAsync($"{header}\r\nContent-Length: 0\r\n\r\n");

    [Fact]
    public Task A_trailer_that_is_no_header_is_not_logged_with_its_token() =>
        AssertRefusedAndNotLoggedAsync(
            "Content-Type: application/json\r\nAccept: */*\r\nTransfer-Encoding: "
                + "chunked\r\n\r\n2\r\n{}\r\n0\r\nAuthorization : Bearer TOKEN\r\n\r\n"
        );

    private static async Task AssertRefusedAndNotLoggedAsync(string rest)
    {
        await using var api = await FakeFormApi.StartAsync();
        await using var app = await TestApp.StartAsync(api, settings: EveryLogLine.Settings());
        using var connection = new TcpClient();
        await connection.ConnectAsync(app.Endpoint.Host, app.Endpoint.Port);
        await using var stream = connection.GetStream();
        var request =
            $"POST /mcp HTTP/1.1\r\nHost: {app.Endpoint.Authority}\r\nConnection: "
            + $"close\r\n{rest.Replace("TOKEN", Token, StringComparison.Ordinal)}";
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.False(s_hunt.Finds(answer), answer);
        s_hunt.AssertNothingIn(app.Log);
    }
}
