namespace McpFunctionApp.Settings;

/// <summary>
/// Describes one setting, at the type that reads it: for people in docs/settings.md, for editors in appsettings.schema.json.
/// The tests write both, and hold them against what a start reads; the running server never asks for it.
/// </summary>
/// <param name="name">
/// The full name: <c>0</c> is an entry of a list, and a name in braces (<c>Elasticsearch:Entities:{entity}:Limit</c>) is any.
/// </param>
/// <param name="meaning">Markdown, with the unit where there is one; links are relative to docs/.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
internal sealed class SettingAttribute(string name, string meaning) : Attribute
{
    public string Name { get; } = name;

    public string Meaning { get; } = meaning;

    /// <summary>
    /// What holds where nothing is set, in Markdown. A number, or true or false, needs none: its own reader says it, with its
    /// limits.
    /// </summary>
    public string? Default { get; init; }

    /// <summary>The words that it takes, where there are only these.</summary>
    public string[] Values { get; init; } = [];
}
