using McpFunctionApp.Replies;
using McpFunctionApp.Settings;

namespace McpFunctionApp.Callers;

/// <summary>The <c>Callers</c> settings.</summary>
/// <param name="GroupsClaim">The claim of a JWT that holds the caller's groups.</param>
public sealed record CallerOptions(string GroupsClaim)
{
    public static CallerOptions Read(SettingsReader settings)
    {
        var section = settings.Section("Callers");
        var mode = section.Text("Mode") ?? "Fallback";
        if (!mode.Equals("Fallback", StringComparison.OrdinalIgnoreCase))
        {
            section.Fault("Mode", $"is '{Quotable.Shorten(mode)}', but must be Fallback (a caller without a usable token is served the static tools).");
        }

        var options = new CallerOptions(section.Text("GroupsClaim") ?? "groups");
        section.NoteUnknown();
        return options;
    }
}
