using McpFunctionApp.Callers.Exchange;
using McpFunctionApp.Settings;

namespace McpFunctionApp.Callers;

/// <summary>The <c>Callers</c> settings.</summary>
/// <param name="GroupsClaim">The claim of a JWT that holds the caller's groups.</param>
/// <param name="Authority">Who signs the tokens; null: only the form API can judge them.</param>
/// <param name="Client">As whom tokens of form APIs' own are asked for; null: not at all.</param>
[Setting("Callers:GroupsClaim", "The claim of a JWT that holds the caller's groups", Default = "`groups`")]
public sealed record CallerOptions(string GroupsClaim, SignInOptions SignIn, AuthorityOptions? Authority, ClientOptions? Client)
{
    public static CallerOptions Read(SettingsReader settings)
    {
        var section = settings.Section("Callers");
        var options = new CallerOptions(
            section.Text("GroupsClaim") ?? "groups",
            SignInOptions.Read(section),
            AuthorityOptions.Read(section),
            ClientOptions.Read(section)
        );
        section.FaultUnknown();
        return options;
    }
}
