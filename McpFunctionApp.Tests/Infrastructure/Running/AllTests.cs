using System.Globalization;

namespace McpFunctionApp.Tests.Infrastructure.Running;

/// <summary>
/// What is slow by design, since it waits for browsers, foreign clients or processes of its own, or could go on for ever, is
/// brief, or left out but for one of each kind, unless <c>ALL_TESTS=1</c> is in the environment, as in <c>.ci/run</c>.
/// </summary>
internal static class AllTests
{
    private const string Variable = "ALL_TESTS";

    public static bool AreWanted { get; } = Environment.GetEnvironmentVariable(Variable) == "1";

    /// <param name="missing">What the machine lacks; null: nothing.</param>
    /// <returns>Null where the test runs.</returns>
    public static string? WhySkipped(string? missing, bool isSlow) =>
        missing ?? (isSlow && !AreWanted ? $"slow: runs with {Variable}=1, as in .ci/run" : null);

    /// <summary>How long a test goes on that could go on for ever.</summary>
    /// <param name="variable">Where the environment has the seconds; without, one, or three with all tests.</param>
    public static TimeSpan LengthOf(string variable) => TimeSpan.FromSeconds(NumberOf(variable) ?? (AreWanted ? 3 : 1));

    /// <summary>A number in the environment; null where there is none.</summary>
    public static int? NumberOf(string variable) =>
        Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new InvalidOperationException($"{variable} is '{text}': it must be a whole number.");
}
