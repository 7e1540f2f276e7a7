using System.Collections.Concurrent;
using System.Diagnostics;
using McpFunctionApp.Tests.Endpoint;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Hostile;

/// <summary>
/// Ten callers who go on listing and calling at their own pace, whatever else happens, and somebody who asks after the
/// server's health. Each has a thread and a blocking connection, so that what is measured is the server and not how busy
/// this process is with the attack.
/// </summary>
internal sealed class OrdinaryCallers(Uri server) : IDisposable
{
    private const int Count = 10;

    // Below the default allowance of 600 a minute.
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(125);

    private readonly HttpClient _http = new() { BaseAddress = server, Timeout = TimeSpan.FromSeconds(30) };
    private readonly ConcurrentBag<double> _answers = [];
    private readonly ConcurrentBag<double> _healths = [];
    private readonly ConcurrentQueue<string> _failures = new();

    public IReadOnlyList<string> Failures => [.. _failures];

    public int Answers => _answers.Count;

    /// <summary>In milliseconds.</summary>
    public double P99 => Percentile(_answers, 0.99);

    public double P50 => Percentile(_answers, 0.5);

    public double WorstHealth => Percentile(_healths, 1);

    public static bool IsOrdinary(string? token) => token?.StartsWith("ordinary-caller-", StringComparison.Ordinal) == true;

    /// <summary>Each caller's first requests, before anything else happens: from then on their tokens are known as
    /// accepted.</summary>
    public Task ArriveAsync() =>
        Task.WhenAll([
            .. Enumerable
                .Range(0, Count)
                .Select(number =>
                    OnItsThread(() =>
                    {
                        for (var turn = 0; turn < 3; turn++)
                        {
                            Act(number, turn, _ => { });
                        }
                    })
                ),
            OnItsThread(LookAtHealth),
        ]);

    public Task GoOnAsync(CancellationToken until) =>
        Task.WhenAll([
            .. Enumerable
                .Range(0, Count)
                .Select(number => OnItsThread(() => Repeat(turn => Act(number, turn, _answers.Add), until))),
            OnItsThread(() => Repeat(_ => LookAtHealth(), until)),
        ]);

    public void Dispose() => _http.Dispose();

    private static Task OnItsThread(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Repeat(Action<int> act, CancellationToken until)
    {
        for (var turn = 0; !until.IsCancellationRequested; turn++)
        {
            act(turn);
            until.WaitHandle.WaitOne(s_pace);
        }
    }

    private void Act(int number, int turn, Action<double> keep)
    {
        var (body, expected) = (turn % 3) switch
        {
            0 => (Wire.Body("tools/list"), "\"create_request\""),
            1 => (Wire.Body("tools/call", $"\"name\":\"create_request\",\"arguments\":{Given.Call}"), "\"isError\":false"),
            _ => (Wire.Body("tools/call"), "\"text\":\"3\""),
        };
        using var request = Wire.Post(body, ("Authorization", $"Bearer ordinary-caller-{number:00}-whom-the-form-api-knows"));
        Ask(request, $"turn {turn} of caller {number}", expected, keep);
    }

    private void LookAtHealth()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health");
        Ask(request, "health", "alive", _healths.Add);
    }

    private void Ask(HttpRequestMessage request, string what, string expected, Action<double> keep)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var response = _http.Send(request);
            using var reader = new StreamReader(response.Content.ReadAsStream());
            var answer = reader.ReadToEnd();
            keep(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (!response.IsSuccessStatusCode || !answer.Contains(expected, StringComparison.Ordinal))
            {
                _failures.Enqueue($"{what}: {(int)response.StatusCode} {answer[..Math.Min(answer.Length, 300)]}");
            }
        }
        catch (Exception e)
        {
            _failures.Enqueue($"{what}: {e.GetBaseException().Message}");
        }
    }

    private static double Percentile(ConcurrentBag<double> values, double part)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Count - 1, Math.Ceiling(part * sorted.Count) - 1)];
    }
}
