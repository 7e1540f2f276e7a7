namespace McpFunctionApp.Sample;

/// <summary>How the sample form API behaves, and for how many seconds each of its answers waits (0 except in slow).</summary>
internal sealed record SampleMode(string Name, int Seconds)
{
    public const string Normal = "normal";
    public const string Slow = "slow";
    public const string Down = "down";
    public const string Busy = "busy";
    public const string Malformed = "malformed";
    public const string Rejecting = "rejecting";

    public const int DefaultSeconds = 3;
    public const int MaxSeconds = 60;

    public static IReadOnlyList<string> Names { get; } = [Normal, Slow, Down, Busy, Malformed, Rejecting];
}
