namespace Bench.Load.Report;

/// <summary>The median of some measurements, with the least and the most.</summary>
internal sealed record Spread(double Median, double Min, double Max)
{
    public static Spread Of(IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Spread((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[0], sorted[^1]);
    }

    public override string ToString() =>
        Min == Max ? Numbers.Show(Median) : $"{Numbers.Show(Median)} ({Numbers.Show(Min)} to {Numbers.Show(Max)})";
}
