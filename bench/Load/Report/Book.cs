namespace Bench.Load.Report;

/// <summary>All measurements in the order in which they were made: of a case, on a subject, in a unit, once per round.</summary>
internal sealed class Book
{
    private readonly List<(string Case, string Subject, string Unit, double Value)> _entries = [];

    public IEnumerable<string> Cases => _entries.Select(entry => entry.Case).Distinct();

    public void Add(string @case, string subject, string unit, double value) => _entries.Add((@case, subject, unit, value));

    public IReadOnlyList<string> Subjects(string @case) =>
        [.. _entries.Where(entry => entry.Case == @case).Select(entry => entry.Subject).Distinct()];

    public IReadOnlyList<string> Units(string @case) =>
        [.. _entries.Where(entry => entry.Case == @case).Select(entry => entry.Unit).Distinct()];

    public Spread? Find(string @case, string subject, string unit) =>
        Values(@case, subject, unit) is { Count: > 0 } values ? Spread.Of(values) : null;

    /// <summary>One subject's values over another's, round by round.</summary>
    public Spread? Ratio(string @case, string subject, string over, string unit) =>
        Over(Values(@case, subject, unit), Values(@case, over, unit));

    /// <summary>One subject's values of a unit over those of another unit, round by round.</summary>
    public Spread? RatioOfUnits(string @case, string subject, string unit, string over) =>
        Over(Values(@case, subject, unit), Values(@case, subject, over));

    private static Spread? Over(List<double> values, List<double> over) =>
        values.Zip(over, (a, b) => a / b).ToList() is { Count: > 0 } ratios ? Spread.Of(ratios) : null;

    private List<double> Values(string @case, string subject, string unit) =>
        [
            .. _entries
                .Where(entry => entry.Case == @case && entry.Subject == subject && entry.Unit == unit)
                .Select(entry => entry.Value),
        ];
}
