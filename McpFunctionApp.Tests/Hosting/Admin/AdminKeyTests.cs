using System.Net;
using McpFunctionApp.Settings;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.Logging;
using static McpFunctionApp.Tests.Hosting.Admin.AdminRequests;

namespace McpFunctionApp.Tests.Hosting.Admin;

/// <summary>The administrative endpoints are there for whoever has Admin:Key, and for nobody where it is not set.</summary>
public sealed class AdminKeyTests : ApiTests
{
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
            await using var app = await StartAsync(Api, setting);
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
        await using var app = await StartAsync(Api, Key);
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
        await using var app = await StartAsync(Api, Key);
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
        var faults = (await Assert.ThrowsAsync<SettingsException>(() => StartAsync(Api, "fifteen-letters"))).Faults;
        var fault = Assert.Single(faults);
        Assert.StartsWith("Admin:Key has fewer than 16 characters", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("fifteen-letters", fault, StringComparison.Ordinal);
        await using var app = await StartAsync(Api, "sixteen-letters!");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(app, "GET", "/cache", ["sixteen-letters!"])).Status);
    }

    [Fact]
    public async Task Guessing_ends_for_an_address_after_30_wrong_keys_and_goes_on_a_minute_later()
    {
        await using var app = await TestApp.StartAsync(Api, Clock, new() { ["Admin:Key"] = Key });
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
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(app, "GET", "/cache", [Key])).Status);
    }

    [Fact]
    public async Task Wrong_keys_leave_a_bounded_number_of_lines_which_hold_none()
    {
        await using var app = await StartAsync(Api, Key);
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
        await using var app = await TestApp.StartAsync(Api, null, new() { ["Admin:Keys"] = Key });
        Assert.Contains(
            "Admin:Key",
            Assert.Single(app.Log.Lines, line => line.Level == LogLevel.Warning).Text,
            StringComparison.Ordinal
        );
        TokenLeaks.AssertNone(app.Log.Lines.Select(line => line.Text), [Key]);
    }
}
