namespace Bench.Load;

/// <summary>Which of many callers asks next: the n-th as often as 1/n (Zipf's law with exponent 1).</summary>
internal sealed class Popularity
{
    private readonly double[] _upTo;

    public Popularity(int count)
    {
        _upTo = new double[count];
        var sum = 0.0;
        for (var n = 0; n < count; n++)
        {
            _upTo[n] = sum += 1.0 / (n + 1);
        }
    }

    public int Pick()
    {
        var found = Array.BinarySearch(_upTo, Random.Shared.NextDouble() * _upTo[^1]);
        return Math.Min(found < 0 ? ~found : found, _upTo.Length - 1);
    }
}
