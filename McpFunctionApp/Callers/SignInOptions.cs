using McpFunctionApp.Replies;
using McpFunctionApp.Settings;

namespace McpFunctionApp.Callers;

/// <summary>Whether callers are asked to sign in, and what clients are told about where (RFC 9728).</summary>
/// <param name="AuthorizationServers">The issuers that give tokens for this server, as they write themselves.</param>
/// <param name="Scopes">What a client should ask for; empty: it is told nothing about scopes.</param>
/// <param name="Resource">The public address of the MCP endpoint, without a slash at its end, or another URI by which the
/// authority knows it; null: taken from each request.</param>
[Setting(
    "Callers:Mode",
    "Who is asked to [sign in](sign-in.md): `Fallback` nobody, `Optional` whoever sends a token that is refused, "
        + "`Challenge` also whoever sends none",
    Default = "`Fallback`",
    Values = ["Fallback", "Optional", "Challenge"]
)]
[Setting("Callers:AuthorizationServers:0", "Where clients are told to sign in", Default = "`Callers:Authority`")]
[Setting(
    "Callers:Scopes:0",
    "What clients are told to ask for where they sign in, as a list or as one text of words",
    Default = "none"
)]
[Setting(
    "Callers:RequiredScopes:0",
    "What the `scp` or `scope` of a token that is checked here must hold, as a list or as one text of words",
    Default = "none"
)]
[Setting(
    "Callers:Resource",
    "The public address of the MCP endpoint, for which tokens are asked for; or the name under which the "
        + "authority knows it (`api://...`)",
    Default = "from each request"
)]
public sealed record SignInOptions(
    CallerMode Mode,
    IReadOnlyList<string> AuthorizationServers,
    IReadOnlyList<string> Scopes,
    string? Resource
)
{
    /// <summary>What a verified token must name in <c>scp</c> or <c>scope</c>.</summary>
    public IReadOnlyList<string> RequiredScopes { get; init; } = [];

    public static SignInOptions Read(SettingsSection section)
    {
        var mode = ReadMode(section);
        var servers = WebAddress.ReadList(section, "AuthorizationServers");
        if (servers.Count == 0 && section.Text("Authority") is { } authority)
        {
            servers = [authority];
        }

        if (mode != CallerMode.Fallback && servers.Count == 0)
        {
            section.Note(
                "AuthorizationServers",
                "has no entry, so that clients are asked to sign in without being told where: set Callers:AuthorizationServers:0."
            );
        }

        return new SignInOptions(mode, servers, ScopeList.Read(section, "Scopes"), WebAddress.ReadIdentifier(section, "Resource"))
        {
            RequiredScopes = ReadRequired(section),
        };
    }

    private static IReadOnlyList<string> ReadRequired(SettingsSection section)
    {
        var required = ScopeList.Read(section, "RequiredScopes");
        if (required.Count > 0 && section.Text("Authority") is null)
        {
            section.Fault(
                "RequiredScopes",
                "needs Callers:Authority: what a token says of its scopes means nothing until it was checked here."
            );
        }

        return required;
    }

    private static CallerMode ReadMode(SettingsSection section)
    {
        var text = section.Text("Mode") ?? nameof(CallerMode.Fallback);
        foreach (var mode in Enum.GetValues<CallerMode>())
        {
            if (text.Equals(mode.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return mode;
            }
        }

        section.Fault(
            "Mode",
            $"is '{Quotable.Shorten(text)}', but must be Fallback (no usable token: the static tools), Optional (no token: "
                + $"the static tools; a refused one: 401) or Challenge (401 for both)."
        );
        return CallerMode.Fallback;
    }
}
