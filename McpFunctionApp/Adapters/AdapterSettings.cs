using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using McpFunctionApp.Settings;
using McpFunctionApp.Sources;

namespace McpFunctionApp.Adapters;

/// <summary>
/// Reads <c>Forms:n:Adapter</c> and <c>Forms:n:Values</c>. Everything that is wrong with the adapter's file, or missing
/// in its values, is a fault that names its place.
/// </summary>
[Setting(
    "Forms:0:Adapter",
    "How a system says its form and takes a submission: the name of [a preset](sources.md), or the path of a "
        + "file with four JMESPath expressions; in place of `Forms:0:Url` and `Forms:0:SubmitUrl`",
    Default = "none: a field list or a JSON Schema, as the address answers"
)]
[Setting(
    "Forms:0:Values:{name}",
    "What the adapter's addresses and expressions need, such as `site`",
    Default = "none; each that is needed is required"
)]
internal sealed class AdapterSettings
{
    private static readonly string[] s_ownAddresses = ["Url", "SubmitUrl"];

    private readonly SettingsSection _section;
    private readonly bool _allowHttp;
    private readonly Dictionary<string, string> _values;
    private bool _isFaulty;

    private AdapterSettings(SettingsSection section, bool allowHttp, IReadOnlyList<NamedValue> values)
    {
        _section = section;
        _allowHttp = allowHttp;
        _values = values.ToDictionary(value => value.Name, value => value.Value, StringComparer.OrdinalIgnoreCase);
    }

    /// <param name="section">Of one form.</param>
    /// <returns>Null where the form has no adapter, or a fault was noted.</returns>
    public static AdapterSource? Read(SettingsSection section, bool allowHttp, ExpressionLimits limits)
    {
        var values = section.Pairs("Values");
        if (section.Text("Adapter") is not { } adapter)
        {
            if (values.Count > 0)
            {
                section.Note("Values", "has no effect: the form has no Adapter.");
            }

            return null;
        }

        foreach (var name in s_ownAddresses.Where(name => section.Text(name) is not null))
        {
            section.Fault(
                name,
                $"must not stand beside {section.Path}:Adapter, whose own addresses are used: set the values that these "
                    + $"need as {section.Path}:Values:NAME."
            );
        }

        return new AdapterSettings(section, allowHttp, values).Read(adapter, limits);
    }

    private AdapterSource? Read(string adapter, ExpressionLimits limits)
    {
        if (AdapterLoader.Load(_section, adapter) is not { } file)
        {
            return null;
        }

        if (AdapterFile.Read(file, adapter, out var faults) is not { } definition)
        {
            foreach (var fault in faults)
            {
                _section.Fault("Adapter", $"has a fault: {fault}");
            }

            return null;
        }

        var addresses = Fill(definition);
        NoteUnused(definition);
        return _isFaulty || addresses is null
            ? null
            : new AdapterSource(adapter, Identity(file), definition, addresses, Settings(definition), limits);
    }

    private AdapterAddresses? Fill(AdapterDefinition definition)
    {
        var origins = definition
            .Addresses.Select(address => address.Origin)
            .OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToDictionary(name => name, Origin, StringComparer.OrdinalIgnoreCase);
        foreach (
            var name in definition
                .Addresses.SelectMany(address => address.Names.Skip(address.Origin is null ? 0 : 1))
                .Distinct(StringComparer.OrdinalIgnoreCase)
        )
        {
            CheckPart(name);
        }

        Uri? Filled(string member, AdapterAddress address)
        {
            var origin = address.Origin is { } name ? origins[name] : null;
            if (_isFaulty || (address.Origin is not null && origin is null))
            {
                return null;
            }

            var url = address.Fill(origin, name => _values[name]);
            return url is null
                ? Fault(
                    $"gives no address for {member} of the adapter: with these values it has a step up ('..') in it, or is none."
                )
                : Checked(member, address, url);
        }

        var gets = definition.Gets.Select(get => (get.Name, Url: Filled($"form.get.{get.Name}", get.Address))).ToList();
        var submit = definition.Post is null ? null : Filled("submit.post", definition.Post);
        return _isFaulty ? null : new AdapterAddresses([.. gets.Select(get => new SourceAddress(get.Name, get.Url!))], submit);
    }

    /// <summary>An address whose origin the adapter's file writes out is held to what a setting is held to.</summary>
    private Uri Checked(string member, AdapterAddress address, Uri url)
    {
        if (address.Origin is null)
        {
            var faults = _section.FaultCount;
            ApiAddress.Check(_section, $"Adapter ({member})", url.OriginalString, _allowHttp);
            _isFaulty |= _section.FaultCount > faults;
        }

        return url;
    }

    private Uri? Origin(string name)
    {
        if (Value(name, "the address of the system, such as https://example.com") is not { } text)
        {
            return null;
        }

        var faults = _section.FaultCount;
        var url = ApiAddress.Check(_section, $"Values:{name}", text, _allowHttp);
        if (url is not null && url.Query.Length + url.Fragment.Length > 0)
        {
            _section.Fault($"Values:{name}", "must be an origin with an optional path, without query and fragment.");
        }

        _isFaulty |= _section.FaultCount > faults;
        return url;
    }

    private void CheckPart(string name)
    {
        if (Value(name, "one part of an address") is { } value && !AdapterAddress.MayStand(value))
        {
            _isFaulty = true;
            _section.Fault(
                $"Values:{name}",
                "stands for one part of an address, and must be neither '.' nor '..', without control characters."
            );
        }
    }

    private string? Value(string name, string meaning)
    {
        if (_values.TryGetValue(name, out var value))
        {
            return value;
        }

        _isFaulty = true;
        _section.Fault($"Values:{name}", $"is missing: the adapter has {{{name}}} in an address. Set it to {meaning}.");
        return null;
    }

    private Uri? Fault(string problem)
    {
        _isFaulty = true;
        _section.Fault("Values", problem);
        return null;
    }

    private void NoteUnused(AdapterDefinition definition)
    {
        var known = definition.Addresses.SelectMany(address => address.Names).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in _values.Keys.Where(name => !known.Contains(name) && InExpression(definition, name) is null))
        {
            _section.Note($"Values:{name}", "is a value that the adapter does not use.");
        }
    }

    /// <summary>An environment may write names in capital letters only: expressions see them as the adapter writes
    /// them.</summary>
    private JsonElement Settings(AdapterDefinition definition)
    {
        var names = definition
            .Addresses.SelectMany(address => address.Names)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToDictionary(name => name, StringComparer.OrdinalIgnoreCase);
        var settings = new JsonObject();
        foreach (var (name, value) in _values)
        {
            settings[names.GetValueOrDefault(name) ?? InExpression(definition, name) ?? name] = value;
        }

        return JsonElement.Parse(settings.ToJsonString());
    }

    private static string? InExpression(AdapterDefinition definition, string name)
    {
        const string Settings = "settings.";
        return definition
            .Expressions.SelectMany(expression => expression.Text.Split(Settings)[1..])
            .Select(text => text[..text.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c == '_').Count()])
            .FirstOrDefault(used => used.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    private string Identity(byte[] file) =>
        Convert.ToHexStringLower(
            SHA256.HashData([
                .. file,
                .. Encoding.UTF8.GetBytes(
                    string.Join('\n', _values.OrderBy(value => value.Key, StringComparer.OrdinalIgnoreCase))
                ),
            ])
        );
}
