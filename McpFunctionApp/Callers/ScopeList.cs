using McpFunctionApp.Replies;
using McpFunctionApp.Settings;

namespace McpFunctionApp.Callers;

/// <summary>Settings that list scopes, and the claims of a token that do (RFC 6749, section 3.3): words, or a list of
/// them.</summary>
internal static class ScopeList
{
    public static IReadOnlyList<string> Read(SettingsSection section, string name)
    {
        var scopes = section.Text(name) is { } words
            ? [.. Split(words).Select(word => new NamedValue(name, word))]
            : section.List(name);
        foreach (var (entry, scope) in scopes.Where(scope => !IsScope(scope.Value)))
        {
            section.Fault(
                entry,
                $"is '{Quotable.Shorten(scope)}', but a scope has no spaces, quotes or backslashes (RFC 6749, section 3.3): "
                    + $"write each scope as an entry of its own."
            );
        }

        return [.. scopes.Select(scope => scope.Value)];
    }

    public static string[] Split(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The same caller; one that was verified and lacks a scope is marked so, and is never sent on.</summary>
    public static Caller Check(IReadOnlyList<string> required, Caller caller)
    {
        if (required.Count == 0 || !caller.IsVerified)
        {
            return caller;
        }

        var missing = required.Except(caller.Scopes).ToList();
        return missing.Count == 0
            ? caller
            : caller.With(
                TokenStanding.OutOfScope,
                $"it lacks the {(missing.Count == 1 ? "scope" : "scopes")} {string.Join(' ', missing)}"
            );
    }

    private static bool IsScope(string text) => text.All(c => c is > ' ' and <= '~' and not ('"' or '\\'));
}
