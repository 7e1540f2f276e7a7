using FsCheck;
using FsCheck.Fluent;

namespace McpFunctionApp.Tests.Properties;

/// <summary>
/// Runs a property over many generated cases: the same ones each time, with the smallest failing case in the message.
/// Set MCP_PROPERTY_RUNS to a number of cases to run that many new ones; the message then also holds their seed.
/// </summary>
internal static class Runs
{
    private static readonly int? s_wanted = AllTests.NumberOf("MCP_PROPERTY_RUNS");

    public static void ForAll<T>(Arbitrary<T> cases, ulong seed, Action<T> holds, int runs = 300)
    {
        var config = Config
            .QuickThrowOnFailure.WithMaxTest(s_wanted ?? runs)
            .WithStartSize(1)
            .WithEndSize(40)
            .WithQuietOnSuccess(true);
        Prop.ForAll(cases, holds).Check(s_wanted is null ? config.WithReplay(seed, 1) : config);
    }
}
