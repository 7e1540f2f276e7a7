using McpFunctionApp.Settings;

namespace McpFunctionApp.Catalog;

/// <summary>The <c>StaticTools</c> settings.</summary>
/// <param name="Enabled">Whether <c>add</c>, <c>echo</c> and <c>multiply</c> are listed and can be called.</param>
[Setting("StaticTools:Enabled", "`false` takes `add`, `echo` and `multiply` off lists and calls")]
public sealed record StaticToolsOptions(bool Enabled)
{
    public static StaticToolsOptions Read(SettingsReader settings)
    {
        var section = settings.Section("StaticTools");
        var options = new StaticToolsOptions(section.Bool("Enabled", true));
        section.NoteUnknown();
        return options;
    }
}
