using McpFunctionApp.Replies;
using McpFunctionApp.Settings;

namespace McpFunctionApp.Callers;

/// <summary>Whether callers are asked to sign in, and what clients are told about where (RFC 9728).</summary>
/// <param name="AuthorizationServers">The issuers that give tokens for this server, as they write themselves.</param>
/// <param name="Scopes">What a client should ask for; empty: it is told nothing about scopes.</param>
/// <param name="Resource">The public address of the MCP endpoint, without a slash at its end; null: taken from each request.</param>
public sealed record SignInOptions(CallerMode Mode, IReadOnlyList<string> AuthorizationServers, IReadOnlyList<string> Scopes, string? Resource)
{
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
            section.Note("AuthorizationServers", "has no entry, so that clients are asked to sign in without being told where: set Callers:AuthorizationServers:0.");
        }

        return new SignInOptions(mode, servers, ReadScopes(section), WebAddress.Read(section, "Resource")?.TrimEnd('/'));
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

        section.Fault("Mode", $"is '{Quotable.Shorten(text)}', but must be Fallback (no usable token: the static tools), Optional (no token: the static tools; a refused one: 401) or Challenge (401 for both).");
        return CallerMode.Fallback;
    }

    private static List<string> ReadScopes(SettingsSection section)
    {
        var scopes = section.List("Scopes");
        foreach (var (name, scope) in scopes.Where(scope => !IsScope(scope.Value)))
        {
            section.Fault(name, $"is '{Quotable.Shorten(scope)}', but a scope has no spaces, quotes or backslashes (RFC 6749, section 3.3): write each scope as an entry of its own.");
        }

        return [.. scopes.Select(scope => scope.Value)];
    }

    private static bool IsScope(string text) => text.All(c => c is > ' ' and <= '~' and not ('"' or '\\'));
}
