namespace Bench.Load;

/// <summary>How long and how often is measured.</summary>
/// <param name="Rounds">How often each case is measured on each server, in turn: A B A B.</param>
/// <param name="Window">The length of one measurement under load.</param>
/// <param name="WarmUp">Load before the first round, until the runtime has compiled what is hot.</param>
/// <param name="Crowd">Callers at once where many ask at once.</param>
/// <param name="Starts">How often each program is started for the cold start.</param>
/// <param name="Measures">False: only the answers are judged, and nothing is written.</param>
internal sealed record Plan(
    int Rounds,
    TimeSpan Window,
    TimeSpan WarmUp,
    int ManyCallers,
    int VeryManyCallers,
    int Crowd,
    int Starts,
    bool Measures
)
{
    public const int Connections = 32;

    /// <summary>How long each server of the case with many callers is measured under load; from a minute on, with all
    /// callers.</summary>
    public TimeSpan Crowded { get; init; } = TimeSpan.FromSeconds(4);

    public bool IsLarge => Crowded >= TimeSpan.FromMinutes(1);

    public static Plan Full { get; } = new(5, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.5), 1_000, 10_000, 200, 7, true);

    public static Plan Test { get; } =
        new(1, TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.1), 50, 100, 10, 1, false) { Crowded = TimeSpan.FromSeconds(1) };
}
