using System.Globalization;
using McpFunctionApp.Replies;
using Microsoft.Extensions.Configuration;

namespace McpFunctionApp.Settings;

/// <summary>
/// One section of the settings. A missing or empty value is its default; a wrong one is kept as a fault
/// that gives the setting's full name, what was wrong with it and what to write instead.
/// </summary>
public sealed class SettingsSection(IConfigurationSection section, SettingsReader reader)
{
    private readonly List<string> _known = [];

    public string Path => section.Path;

    /// <summary>The last part of the path.</summary>
    public string Key => section.Key;

    /// <summary>How many faults were noted so far, in whatever section.</summary>
    internal int FaultCount => reader.FaultCount;

    /// <summary>Whether nothing at all is set here.</summary>
    public bool IsEmpty => !section.Exists();

    public string? Text(string name)
    {
        var value = Child(name).Value;
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }

    public int Int(string name, int otherwise, int min, int max)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= min
            && value <= max
        )
        {
            return value;
        }

        Fault(name, $"is '{Quotable.Shorten(text)}', but must be a whole number from {min} to {max} (default {otherwise}).");
        return otherwise;
    }

    public double Number(string name, double otherwise, double min, double max)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (
            double.TryParse(
                text,
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var value
            )
            && value >= min
            && value <= max
        )
        {
            return value;
        }

        Fault(
            name,
            string.Create(
                CultureInfo.InvariantCulture,
                $"is '{Quotable.Shorten(text)}', but must be a number from {min} to {max}, such as 1.5 (default {otherwise})."
            )
        );
        return otherwise;
    }

    public bool Bool(string name, bool otherwise)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        if (bool.TryParse(text, out var value))
        {
            return value;
        }

        Fault(name, $"is '{Quotable.Shorten(text)}', but must be true or false (default {(otherwise ? "true" : "false")}).");
        return otherwise;
    }

    /// <summary>The entries of a list, each with its own name, such as <c>AllowedOrigins:0</c>.</summary>
    public IReadOnlyList<NamedValue> List(string name)
    {
        var child = Child(name);
        if (!string.IsNullOrWhiteSpace(child.Value))
        {
            Fault(name, $"is a list: write its entries as {section.Path}:{name}:0, {section.Path}:{name}:1 and so on.");
        }

        return
        [
            .. child
                .GetChildren()
                .Select(entry => new NamedValue($"{name}:{entry.Key}", entry.Value?.Trim() ?? ""))
                .Where(entry => entry.Value.Length > 0),
        ];
    }

    /// <summary>The named values below this name, such as <c>Values:site</c>; those that are empty are none.</summary>
    public IReadOnlyList<NamedValue> Pairs(string name)
    {
        var child = Child(name);
        if (!string.IsNullOrWhiteSpace(child.Value))
        {
            Fault(name, $"is a section: write its values as {section.Path}:{name}:NAME.");
        }

        foreach (var entry in child.GetChildren().Where(entry => entry.GetChildren().Any()))
        {
            Fault($"{name}:{entry.Key}", "is a single value: nothing stands below it.");
        }

        return
        [
            .. child
                .GetChildren()
                .Select(entry => new NamedValue(entry.Key, entry.Value?.Trim() ?? ""))
                .Where(entry => entry.Value.Length > 0),
        ];
    }

    /// <summary>The section of this name below this one.</summary>
    public SettingsSection Section(string name) => new(Child(name), reader);

    /// <summary>The section below this one that holds named entries. A value in its place, or in the place of an entry, is a
    /// fault.</summary>
    public IReadOnlyList<SettingsSection> Named(string name, string example)
    {
        var child = Child(name);
        if (!string.IsNullOrWhiteSpace(child.Value) || child.GetChildren().Any(entry => entry.Value is not null))
        {
            Fault(name, $"is a section: write its values as {section.Path}:{name}:{example}.");
        }

        return [.. child.GetChildren().Select(entry => new SettingsSection(entry, reader))];
    }

    /// <summary>Whether values stand in this section itself, where only entries of a list should.</summary>
    public bool HasOwnValues => section.GetChildren().Any(entry => entry.Value is not null);

    /// <summary>The entries of a section that is a list, in the order of their keys.</summary>
    public IReadOnlyList<SettingsSection> Entries() =>
        [.. section.GetChildren().Select(entry => new SettingsSection(entry, reader))];

    /// <summary>Notes something that works and is better changed.</summary>
    public void Note(string name, string remark) => reader.Oddity($"{section.Path}:{name} {remark}");

    public void Fault(string name, string problem) => reader.Fault($"{section.Path}:{name} {problem}");

    /// <summary>Call last: notes each name of this section that nothing has asked for, as a likely slip of the pen.</summary>
    public void NoteUnknown()
    {
        foreach (var child in Unknown())
        {
            reader.Oddity($"{child.Path} is not a setting and is ignored.{Suggestion(child.Key)}");
        }
    }

    /// <summary>The same for a section that decides who may call: a slip of the pen there must not leave the door open.</summary>
    public void FaultUnknown()
    {
        foreach (var child in Unknown())
        {
            Fault(child.Key, $"is not a setting.{Suggestion(child.Key)}");
        }
    }

    /// <summary>Where the setting is a single value: notes each name below it.</summary>
    public void NoteChildren(string advice)
    {
        foreach (var child in section.GetChildren())
        {
            reader.Oddity($"{child.Path} is not a setting and is ignored: {advice}.");
        }
    }

    private IEnumerable<IConfigurationSection> Unknown() =>
        section.GetChildren().Where(child => !_known.Contains(child.Key, StringComparer.OrdinalIgnoreCase));

    /// <summary>Only a name that is near may have been meant.</summary>
    private string Suggestion(string name) =>
        Nearest.IfClose(name, _known) is [var near] ? $" Nearest: {section.Path}:{near}." : "";

    private IConfigurationSection Child(string name)
    {
        _known.Add(name);
        reader.Know($"{section.Path}:{name}");
        return section.GetSection(name);
    }
}
