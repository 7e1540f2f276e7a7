using System.Diagnostics;

namespace Bench.Load;

/// <summary>
/// Thousands of connections that are open at the same time, none with a thread of its own: so many threads would take their
/// core from the form API, which is in this process.
/// </summary>
internal sealed class Swarm : IDisposable
{
    // Kestrel lets 512 connections wait until it accepts them; a further one would be tried again after a second.
    private const int AtOnce = 64;

    private static readonly byte[] s_greeting = "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"u8.ToArray();

    private readonly Wire[] _wires;

    private Swarm(Wire[] wires) => _wires = wires;

    /// <summary>Opens the connections; the server has accepted and answered each of them.</summary>
    public static async Task<Swarm> ConnectAsync(int port, int connections)
    {
        var wires = new Wire[connections];
        await Parallel.ForAsync(
            0,
            connections,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (number, _) =>
            {
                wires[number] = new Wire(port);
                wires[number].Send(s_greeting);
                await wires[number].ReadableAsync();
                wires[number].Read();
            }
        );
        return new Swarm(wires);
    }

    /// <summary>Every question once, each on a connection of its own, sent one right after the other.</summary>
    /// <returns>The answers, and how long it took to send all questions.</returns>
    public async Task<(Tally Tally, TimeSpan Sending)> AskAsync(IReadOnlyList<Question> questions)
    {
        var began = Stopwatch.GetTimestamp();
        var sent = new long[questions.Count];
        for (var number = 0; number < questions.Count; number++)
        {
            sent[number] = Stopwatch.GetTimestamp();
            _wires[number].Send(questions[number].Bytes);
        }

        var sending = Stopwatch.GetElapsedTime(began);
        var latencies = await Task.WhenAll(
            questions.Select((question, number) => AnsweredAsync(_wires[number], question, sent[number]))
        );
        return (new Tally([.. latencies], Stopwatch.GetElapsedTime(began)), sending);
    }

    public void Dispose() => Array.ForEach(_wires, wire => wire.Dispose());

    private static async Task<long> AnsweredAsync(Wire wire, Question question, long sent)
    {
        await wire.ReadableAsync();
        wire.Read();
        var latency = Stopwatch.GetTimestamp() - sent;
        question.Check(wire);
        return latency;
    }
}
