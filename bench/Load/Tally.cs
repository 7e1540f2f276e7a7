using System.Diagnostics;

namespace Bench.Load;

/// <summary>What a load has seen. Every latency is kept, so that percentiles are exact.</summary>
internal sealed class Tally(List<long> ticks, TimeSpan elapsed)
{
    private readonly long[] _sorted = [.. ticks.Order()];

    public int Requests => _sorted.Length;

    public double PerSecond => Requests / elapsed.TotalSeconds;

    /// <summary>The latency in milliseconds that this share of the requests did not exceed.</summary>
    public double Percentile(double share) =>
        _sorted[Math.Clamp((int)Math.Ceiling(share * _sorted.Length) - 1, 0, _sorted.Length - 1)] * 1_000.0 / Stopwatch.Frequency;
}
