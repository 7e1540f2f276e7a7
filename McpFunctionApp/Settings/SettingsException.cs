namespace McpFunctionApp.Settings;

/// <summary>The configuration cannot be used; <see cref="Faults"/> holds one sentence per wrong setting, with its fix.</summary>
public sealed class SettingsException(IReadOnlyList<string> faults)
    : Exception($"The configuration has {faults.Count} fault(s):{string.Concat(faults.Select(f => $"{Environment.NewLine}  - {f}"))}")
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
