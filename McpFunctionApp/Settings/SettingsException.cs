namespace McpFunctionApp.Settings;

/// <summary>The configuration cannot be used; <see cref="Faults"/> holds one sentence per wrong setting, with its fix.</summary>
/// <param name="advice">What is said after all of them.</param>
public sealed class SettingsException(IReadOnlyList<string> faults, string advice = "")
    : Exception($"The configuration has {faults.Count} fault(s):{Lines(faults)}{advice}")
{
    public IReadOnlyList<string> Faults { get; } = faults;

    private static string Lines(IReadOnlyList<string> faults) =>
        string.Concat(faults.Select(fault => $"{Environment.NewLine}  - {fault}"));
}
