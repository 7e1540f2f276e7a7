using Microsoft.Extensions.Configuration;

namespace McpFunctionApp.Settings;

/// <summary>
/// Reads the app's settings from the standard .NET configuration and keeps every fault it meets,
/// so that a start with several mistakes names all of them at once.
/// </summary>
public sealed class SettingsReader(IConfiguration configuration)
{
    private readonly List<string> _faults = [];
    private readonly List<string> _oddities = [];

    /// <summary>Names in the app's own sections that no setting has, each with the nearest one that exists.</summary>
    public IReadOnlyList<string> Oddities => _oddities;

    public SettingsSection Section(string name) => new(configuration.GetSection(name), this);

    /// <summary>A setting that stands alone, in no section; null where it is missing or empty.</summary>
    public string? Text(string name) => configuration[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    public void Fault(string message) => _faults.Add(message);

    /// <summary>Stops the start where anything was wrong.</summary>
    /// <exception cref="SettingsException">At least one setting is wrong; the message lists all of them.</exception>
    public void ThrowIfFaulty()
    {
        if (_faults.Count > 0)
        {
            throw new SettingsException(_faults);
        }
    }

    /// <summary>Notes something that works and is better changed.</summary>
    public void Oddity(string message) => _oddities.Add(message);
}
