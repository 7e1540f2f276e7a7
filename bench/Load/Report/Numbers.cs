using System.Globalization;

namespace Bench.Load.Report;

/// <summary>Numbers for people: three digits that matter, thousands apart.</summary>
internal static class Numbers
{
    public static string Show(double value) =>
        value.ToString(
            Math.Abs(value) switch
            {
                >= 100 => "N0",
                >= 10 => "0.0",
                >= 1 => "0.00",
                >= 0.1 => "0.000",
                0 => "0",
                _ => "0.0000",
            },
            CultureInfo.InvariantCulture
        );
}
