namespace McpFunctionApp.Tests.Fuzz;

/// <summary>What one seed decides, in the order in which it is asked.</summary>
internal sealed class FuzzDice
{
    private readonly Random _random;

    public FuzzDice(int seed)
    {
        _random = new Random(seed);
        KeepsToken = Next(2) == 0;
    }

    /// <summary>Whether the token stays where it belongs: in a wrong place it is only known to be one where it is in the right
    /// place, too.</summary>
    public bool KeepsToken { get; }

    public FuzzRequest Message() => FuzzMessages.Pick(_random);

    public int Next(int below) => _random.Next(below);

    public int Next(int from, int below) => _random.Next(from, below);

    public long Next64() => _random.NextInt64();

    public bool Chance(int percent) => Next(100) < percent;

    public T Any<T>(IReadOnlyList<T> all) => all[Next(all.Count)];

    /// <summary>Makes one change after another, <paramref name="most"/> at most.</summary>
    public T Several<T>(int most, T start, Func<T, T> change)
    {
        for (var n = Next(most); n >= 0; n--)
        {
            start = change(start);
        }

        return start;
    }
}
