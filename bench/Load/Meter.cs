using System.Diagnostics;
using Bench.Load.Report;

namespace Bench.Load;

/// <summary>Reads the gauge of a server before and after a load, and writes down what the load has cost.</summary>
internal static class Meter
{
    /// <summary>A load that keeps the server busy.</summary>
    public static void Flood(Rig rig, string @case, Server server, IReadOnlyList<Question> questions, string? subject = null)
    {
        var name = subject ?? server.Name;
        var (own, began) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var tally = Cost(
            rig.Book,
            @case,
            name,
            server,
            () => Crew.Flood(server.Port, questions, rig.Plan.Window),
            t => rig.Book.Add(@case, name, Units.Rate, t.PerSecond)
        );
        rig.Book.Add(@case, name, Units.P50, tally.Percentile(0.5));
        rig.Book.Add(@case, name, Units.P99, tally.Percentile(0.99));
        rig.Book.Add(@case, name, Units.Load, 100 * (Environment.CpuUsage.TotalTime - own) / Stopwatch.GetElapsedTime(began));
    }

    /// <summary>A crowd that comes at once.</summary>
    /// <param name="settle">Waits for work that the answers did not wait for.</param>
    public static void Burst(
        Rig rig,
        string @case,
        string subject,
        Server server,
        IReadOnlyList<Question> questions,
        Action? settle = null
    )
    {
        rig.Api.TakeCalls();
        Cost(
            rig.Book,
            @case,
            subject,
            server,
            () =>
            {
                var tally = Crew.Burst(server.Port, questions);
                settle?.Invoke();
                return tally;
            },
            tally =>
            {
                rig.Book.Add(@case, subject, Units.P50, tally.Percentile(0.5));
                rig.Book.Add(@case, subject, Units.P99, tally.Percentile(0.99));
            }
        );
        rig.Book.Add(@case, subject, Units.OriginCalls, rig.Api.TakeCalls());
    }

    private static Tally Cost(Book book, string @case, string subject, Server server, Func<Tally> load, Action<Tally> write)
    {
        var before = server.Gauge.Read();
        var tally = load();
        var after = server.Gauge.Read();
        write(tally);
        book.Add(@case, subject, Units.Cpu, (after.CpuMicroseconds - before.CpuMicroseconds) / 1_000 / tally.Requests);
        if (after.AllocatedBytes > 0)
        {
            book.Add(@case, subject, Units.Bytes, (after.AllocatedBytes - before.AllocatedBytes) / tally.Requests);
        }

        return tally;
    }
}
