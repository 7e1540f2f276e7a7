using McpFunctionApp.Replies;
using McpFunctionApp.Settings;

namespace McpFunctionApp.Callers.Exchange;

/// <summary>How the authority is asked for a form API's own token. The names are values of <c>Forms:n:Exchange</c>.</summary>
public enum ExchangeGrant
{
    /// <summary>OAuth 2.0 Token Exchange (RFC 8693).</summary>
    TokenExchange,

    /// <summary>Microsoft Entra's on-behalf-of flow: the JWT bearer grant (RFC 7523) with <c>requested_token_use</c>.</summary>
    OnBehalfOf,
}

/// <summary>What a form's own tokens are asked for: <c>Forms:n:Exchange</c> and the settings that belong to it.</summary>
/// <param name="Section">Where they stand, such as <c>Forms:0</c>: names them in the log, and tells forms apart.</param>
/// <param name="Resource">An absolute URI without a fragment (RFC 8693, section 2.1).</param>
[Setting(
    "Forms:0:Exchange",
    "How the form API gets [a token of its own](sign-in.md#whose-token-the-form-api-gets) for each caller: "
        + "`TokenExchange` (RFC 8693) or `OnBehalfOf` (Microsoft Entra); both need `Callers:Authority` and "
        + "`Callers:Client`",
    Default = "`None`: the caller's token is passed on",
    Values = ["None", "TokenExchange", "OnBehalfOf"]
)]
[Setting(
    "Forms:0:Audience",
    "What [a token of the form API's own](sign-in.md#whose-token-the-form-api-gets) is asked for: the API's name",
    Default = "none"
)]
[Setting("Forms:0:Resource", "What a token of the form API's own is asked for: the API's URI", Default = "none")]
[Setting(
    "Forms:0:Scopes:0",
    "The scopes of a token of the form API's own, as a list or as one text of words",
    Default = "none; required for `OnBehalfOf`"
)]
public sealed record ExchangeOptions(
    string Section,
    ExchangeGrant Grant,
    string? Audience,
    string? Resource,
    IReadOnlyList<string> Scopes
)
{
    /// <returns>Null where the caller's own token is passed on, or a fault was noted.</returns>
    public static ExchangeOptions? Read(SettingsSection section)
    {
        var grant = ReadGrant(section);
        var audience = section.Text("Audience");
        var resource = ReadResource(section);
        var scopes = ScopeList.Read(section, "Scopes");
        if (grant is not { } wanted)
        {
            NoteUnused(section, audience is not null || resource is not null || scopes.Count > 0);
            return null;
        }

        if (wanted == ExchangeGrant.OnBehalfOf && scopes.Count == 0)
        {
            section.Fault(
                "Scopes",
                $"is missing: a token on behalf of a caller is given for scopes only. Set {section.Path}:Scopes:0, such as "
                    + $"api://forms/.default."
            );
        }

        return new ExchangeOptions(section.Path, wanted, audience, resource, scopes);
    }

    private static ExchangeGrant? ReadGrant(SettingsSection section)
    {
        var text = section.Text("Exchange") ?? "None";
        foreach (var grant in Enum.GetValues<ExchangeGrant>())
        {
            if (text.Equals(grant.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return grant;
            }
        }

        if (!text.Equals("None", StringComparison.OrdinalIgnoreCase))
        {
            section.Fault(
                "Exchange",
                $"is '{Quotable.Shorten(text)}', but must be None (the caller's own token is passed on), TokenExchange (RFC "
                    + $"8693) or OnBehalfOf (Microsoft Entra)."
            );
        }

        return null;
    }

    private static string? ReadResource(SettingsSection section)
    {
        var text = section.Text("Resource");
        if (text is null || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Fragment.Length == 0))
        {
            return text;
        }

        section.Fault(
            "Resource",
            $"is '{Quotable.Shorten(text)}', but must be an absolute URI without a fragment (RFC 8693, section 2.1). A name "
                + $"that is none is an audience: {section.Path}:Audience."
        );
        return null;
    }

    private static void NoteUnused(SettingsSection section, bool isSet)
    {
        if (isSet)
        {
            section.Note(
                "Exchange",
                "is None, so that Audience, Resource and Scopes beside it have no effect: the caller's own token is passed on."
            );
        }
    }
}
