using System.Diagnostics;

namespace Bench.Load;

/// <summary>The load generator: threads with a connection each, which start at the same moment. A wrong answer ends the
/// run.</summary>
internal static class Crew
{
    private delegate void Work(Worker worker, long start, long end);

    /// <summary>As many requests as the server answers: each connection asks again as soon as it has its answer.</summary>
    /// <param name="pick">Which question is next; null: each as often as any other.</param>
    public static Tally Flood(int port, IReadOnlyList<Question> questions, TimeSpan window, Func<int>? pick = null) =>
        Run(
            port,
            Plan.Connections,
            window,
            (worker, _, end) =>
            {
                while (Stopwatch.GetTimestamp() < end)
                {
                    worker.Ask(questions[pick?.Invoke() ?? worker.Random.Next(questions.Count)]);
                }
            }
        );

    /// <summary>
    /// Requests at a fixed rate. A request that is due while its connection still waits for an answer is measured from when
    /// it was due, so that a slow answer counts for all that it delays (no coordinated omission).
    /// </summary>
    public static Tally Pace(
        int port,
        IReadOnlyList<Question> questions,
        double perSecond,
        TimeSpan window,
        int connections = Plan.Connections
    ) =>
        Run(
            port,
            connections,
            window,
            (worker, start, end) =>
            {
                var step = connections * Stopwatch.Frequency / perSecond;
                for (var n = 0; ; n++)
                {
                    var due = start + (long)((n + (double)worker.Number / connections) * step);
                    if (due >= end)
                    {
                        return;
                    }

                    worker.AskWhenDue(questions[worker.Random.Next(questions.Count)], due);
                }
            }
        );

    /// <summary>Every question once, all at the same moment, each on a connection of its own.</summary>
    public static Tally Burst(int port, IReadOnlyList<Question> questions) =>
        Run(port, questions.Count, TimeSpan.Zero, (worker, _, _) => worker.Ask(questions[worker.Number]));

    /// <summary>Every question once, over a few connections.</summary>
    public static Tally Each(int port, IReadOnlyList<Question> questions) =>
        Run(
            port,
            Plan.Connections,
            TimeSpan.Zero,
            (worker, _, _) =>
            {
                for (var n = worker.Number; n < questions.Count; n += Plan.Connections)
                {
                    worker.Ask(questions[n]);
                }
            }
        );

    private static Tally Run(int port, int connections, TimeSpan window, Work work)
    {
        var workers = Enumerable.Range(0, connections).Select(number => new Worker(number, port)).ToList();
        using var gate = new ManualResetEventSlim();
        var start = 0L;
        var threads = workers
            .Select(worker => new Thread(
                () =>
                {
                    gate.Wait();
                    worker.Do(() => work(worker, start, start + (long)(window.TotalSeconds * Stopwatch.Frequency)));
                },
                maxStackSize: 262_144
            ))
            .ToList();
        threads.ForEach(thread => thread.Start());
        Thread.Sleep(5);
        start = Stopwatch.GetTimestamp();
        gate.Set();
        threads.ForEach(thread => thread.Join());
        var elapsed = Stopwatch.GetElapsedTime(start);
        workers.ForEach(worker => worker.Dispose());
        return workers.Select(worker => worker.Failure).FirstOrDefault(failure => failure is not null) is { } failure
            ? throw new InvalidOperationException(Explain(failure), failure)
            : new Tally([.. workers.SelectMany(worker => worker.Latencies)], elapsed);
    }

    private static string Explain(Exception failure) =>
        failure is System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.TimedOut }
            ? $"A request had no answer within {Wire.Patience.TotalSeconds:0} s: the machine is too busy, or the server too slow."
            : failure.Message;

    private sealed class Worker(int number, int port) : IDisposable
    {
        private readonly Wire _wire = new(port);

        public int Number => number;

        // The same order in every run.
        public Random Random { get; } = new(number);

        public List<long> Latencies { get; } = [];

        public Exception? Failure { get; private set; }

        public void Do(Action work)
        {
            try
            {
                work();
            }
            catch (Exception e)
                when (e is System.Net.Sockets.SocketException or InvalidDataException or InvalidOperationException)
            {
                Failure = e;
            }
        }

        public void Ask(Question question) => Ask(question, Stopwatch.GetTimestamp());

        public void AskWhenDue(Question question, long due)
        {
            var now = Stopwatch.GetTimestamp();
            if (now >= due)
            {
                Ask(question, due);
                return;
            }

            // Sleeping overshoots by up to a millisecond, which is this program's fault and not the server's.
            Thread.Sleep(Stopwatch.GetElapsedTime(now, due));
            Ask(question, Stopwatch.GetTimestamp());
        }

        public void Dispose() => _wire.Dispose();

        private void Ask(Question question, long from)
        {
            _wire.Exchange(question.Bytes);
            Latencies.Add(Stopwatch.GetTimestamp() - from);
            question.Check(_wire);
        }
    }
}
