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

    // Those of a list are in it without any entry, too: they are what a start without one lacks.
    private readonly HashSet<string> _names = new(["Forms:0:Url", "Forms:0:SubmitUrl"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Names in the app's own sections that no setting has, each with the nearest one that exists.</summary>
    public IReadOnlyList<string> Oddities => _oddities;

    /// <summary>The full names of all settings that were asked for, such as <c>Admin:Key</c>.</summary>
    internal IReadOnlySet<string> Names => _names;

    public SettingsSection Section(string name) => new(configuration.GetSection(name), this);

    /// <summary>A setting that stands alone, in no section; null where it is missing or empty.</summary>
    public string? Text(string name)
    {
        Know(name);
        return configuration[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
    }

    /// <summary>How many faults were noted so far.</summary>
    internal int FaultCount => _faults.Count;

    public void Fault(string message) => _faults.Add(message);

    /// <summary>Call when everything has been asked for: what was meant to be a setting and is none is a fault.</summary>
    public void FaultMisspelt() => _faults.AddRange(MisspeltNames.In(configuration, _names));

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

    internal void Know(string name) => _names.Add(name);
}
