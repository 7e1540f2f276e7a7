using System.Net;
using System.Net.Sockets;
using System.Text;
using McpFunctionApp.Settings;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Hosting;

/// <summary>The administrative endpoints are there for whoever has Admin:Key, and for nobody where it is not set.</summary>
public sealed class AdminKeyTests : IAsyncLifetime
{
    private const string Key = "kQ7-Zx2_Lm9.Vb4~Rt8+Hs3/Wd6=";

    private FakeFormApi _api = null!;

    public async Task InitializeAsync() => _api = await FakeFormApi.StartAsync();

    public Task DisposeAsync() => _api.DisposeAsync().AsTask();

    public static TheoryData<string, string> Guarded =>
        new()
        {
            { "GET", "/cache" },
            { "DELETE", "/cache" },
            { "GET", "/requests" },
            { "GET", "/requests?date=2026-07-28" },
        };

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task Without_a_key_in_the_settings_there_is_nothing(string method, string path)
    {
        foreach (var setting in (string?[])[null, "", "  "])
        {
            await using var app = await StartAsync(setting);
            foreach (
                var given in (string[][])
                    [
                        [],
                        [""],
                        [Key],
                        ["null"],
                    ]
            )
            {
                Assert.Equal((HttpStatusCode.NotFound, ""), await SendAsync(app, method, path, given));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task Only_the_key_once_and_whole_opens_them(string method, string path)
    {
        await using var app = await StartAsync(Key);
        string[][] wrong =
        [
            [],
            [""],
            [" "],
            ["wrong"],
            [Key, Key],
            [Key, "wrong"],
            ["wrong", Key],
            [$"{Key},{Key}"],
            [Key[..^1]],
            [$"{Key}x"],
            [Key.ToUpperInvariant()],
            [$"\"{Key}\""],
            [$"Bearer {Key}"],
        ];
        foreach (var given in wrong)
        {
            Assert.Equal((HttpStatusCode.Unauthorized, ""), await SendAsync(app, method, path, given));
        }

        Assert.NotEqual(HttpStatusCode.Unauthorized, (await SendAsync(app, method, path, [Key])).Status);
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (
                await SendAsync(
                    app,
                    method,
                    $"{path}{(path.Contains('?', StringComparison.Ordinal) ? "&" : "?")}code={Uri.EscapeDataString(Key)}",
                    []
                )
            ).Status
        );
    }

    [Fact]
    public async Task The_key_is_in_no_line_of_the_log_and_in_no_answer()
    {
        await using var app = await StartAsync(Key);
        var answers = new List<string>();
        foreach (
            var (method, path) in ((string, string)[])
                [
                    ("GET", "/cache"),
                    ("DELETE", "/cache"),
                    ("DELETE", "/cache/me"),
                    ("GET", "/requests"),
                    ("GET", "/requests?date=x"),
                    ("POST", "/cache"),
                    ("GET", "/nothing"),
                    ("GET", "/health/ready"),
                ]
        )
        {
            foreach (
                var given in (string[][])
                    [
                        [Key],
                        [Key, Key],
                        [$"{Key}x"],
                    ]
            )
            {
                answers.Add((await SendAsync(app, method, path, given)).Body);
            }
        }

        // Header lines that are malformed, which web servers like to quote.
        answers.Add(await SendRawAsync(app, $"x-functions-key: {Key}\0"));
        answers.Add(await SendRawAsync(app, $"x-functions-key {Key}"));
        Assert.Contains(
            app.Log.Lines,
            line => line.Level == LogLevel.Trace || line.Category.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
        );
        TokenLeaks.AssertNone([.. answers, .. app.Log.Lines.Select(line => line.Text)], [Key]);
    }

    [Fact]
    public async Task A_short_key_stops_the_start_without_being_repeated()
    {
        var faults = (await Assert.ThrowsAsync<SettingsException>(() => StartAsync("fifteen-letters"))).Faults;
        var fault = Assert.Single(faults);
        Assert.StartsWith("Admin:Key has fewer than 16 characters", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("fifteen-letters", fault, StringComparison.Ordinal);
        await using var app = await StartAsync("sixteen-letters!");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(app, "GET", "/cache", ["sixteen-letters!"])).Status);
    }

    [Fact]
    public async Task Guessing_ends_for_an_address_after_30_wrong_keys_and_goes_on_a_minute_later()
    {
        var clock = new ManualClock();
        await using var app = await TestApp.StartAsync(_api, clock, new() { ["Admin:Key"] = Key });
        for (var n = 0; n < 30; n++)
        {
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                (await SendAsync(app, "GET", "/cache", [$"guess-number-{n:00}-of-somebody"])).Status
            );
        }

        // The right one, too: else whoever guesses would still learn which it is.
        foreach (var key in (string[])["one-more-guess-of-somebody", Key])
        {
            Assert.Equal((HttpStatusCode.TooManyRequests, ""), await SendAsync(app, "GET", "/cache", [key]));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(app, "GET", "/cache", [])).Status);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(app, "GET", "/cache", [Key])).Status);
    }

    [Fact]
    public async Task Wrong_keys_leave_a_bounded_number_of_lines_which_hold_none()
    {
        await using var app = await StartAsync(Key);
        for (var n = 0; n < 25; n++)
        {
            await SendAsync(app, "GET", "/requests", [$"guess-number-{n:00}-of-somebody"]);
        }

        var lines = app.Log.Of(6002).ToList();
        Assert.Equal(10, lines.Count);
        Assert.All(lines, line => Assert.Contains("127.0.0.1", line.Text, StringComparison.Ordinal));
        Assert.DoesNotContain(app.Log.Lines, line => line.Text.Contains("guess-number", StringComparison.Ordinal));
        await SendAsync(app, "GET", "/cache", [Key]);
        Assert.Equal(10, app.Log.Of(6002).Count());
    }

    [Fact]
    public async Task A_misspelt_name_is_noted_without_its_value()
    {
        await using var app = await TestApp.StartAsync(_api, null, new() { ["Admin:Keys"] = Key });
        Assert.Contains(
            "Admin:Key",
            Assert.Single(app.Log.Lines, line => line.Level == LogLevel.Warning).Text,
            StringComparison.Ordinal
        );
        TokenLeaks.AssertNone(app.Log.Lines.Select(line => line.Text), [Key]);
    }

    [Theory]
    [InlineData("POST", "/cache")]
    [InlineData("PUT", "/cache")]
    [InlineData("PATCH", "/cache")]
    [InlineData("OPTIONS", "/cache")]
    [InlineData("GET", "/cache/me")]
    [InlineData("POST", "/cache/me")]
    [InlineData("POST", "/requests")]
    [InlineData("DELETE", "/requests")]
    [InlineData("POST", "/health")]
    [InlineData("DELETE", "/health/ready")]
    public async Task A_method_that_does_not_exist_is_405(string method, string path)
    {
        await using var app = await StartAsync(Key);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, ""), await SendAsync(app, method, path, [Key]));
    }

    [Theory]
    [InlineData("/cache/you")]
    [InlineData("/requests/1")]
    [InlineData("/health/live")]
    [InlineData("/admin")]
    public async Task A_path_that_does_not_exist_is_404(string path)
    {
        await using var app = await StartAsync(Key);
        Assert.Equal((HttpStatusCode.NotFound, ""), await SendAsync(app, "GET", path, [Key]));
    }

    private Task<TestApp> StartAsync(string? key) =>
        TestApp.StartAsync(_api, null, new() { ["Admin:Key"] = key, ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace" });

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(
        TestApp app,
        string method,
        string path,
        string[] keys
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var key in keys)
        {
            Assert.True(request.Headers.TryAddWithoutValidation("x-functions-key", key));
        }

        // Kestrel gets the values as lines of their own: HttpClient would join them into one.
        if (keys.Length > 1)
        {
            var answer = await SendRawAsync(
                app,
                string.Join("\r\n", keys.Select(key => $"x-functions-key: {key}")),
                method,
                path
            );
            return (
                (HttpStatusCode)int.Parse(answer.Split(' ')[1], provider: null),
                answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]
            );
        }

        using var response = await app.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<string> SendRawAsync(TestApp app, string headers, string method = "GET", string path = "/cache")
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, app.Endpoint.Port);
        await client
            .GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n\r\n")
            );
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync();
    }
}
