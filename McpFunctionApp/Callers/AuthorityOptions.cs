using McpFunctionApp.Settings;

namespace McpFunctionApp.Callers;

/// <summary>Who signs the tokens that are checked here, before anything else.</summary>
/// <param name="Metadata">The authority's OpenID Connect metadata: its issuer, and where its keys are.</param>
/// <param name="Audience">What a token's <c>aud</c> must hold.</param>
[Setting(
    "Callers:Authority",
    "The authority (an OpenID Connect issuer) whose tokens are checked here, before anything else",
    Default = "none: only the form API judges tokens"
)]
[Setting(
    "Callers:Audience",
    "What the `aud` of a token that is checked here must hold",
    Default = "required with `Callers:Authority`"
)]
public sealed record AuthorityOptions(Uri Metadata, string Audience)
{
    /// <returns>Null where tokens are not checked here, or a fault was noted.</returns>
    public static AuthorityOptions? Read(SettingsSection section)
    {
        var audience = section.Text("Audience");
        var isSet = section.Text("Authority") is not null;
        var authority = WebAddress.Read(section, "Authority");
        if (isSet && audience is null)
        {
            section.Fault(
                "Audience",
                "is missing: Callers:Authority needs it, or a token meant for any other server would be accepted here."
            );
        }

        if (!isSet && audience is not null)
        {
            section.Fault(
                "Authority",
                "is missing: Callers:Audience has no meaning without the address of the authority that signs the tokens."
            );
        }

        return authority is null || audience is null
            ? null
            : new AuthorityOptions(new Uri($"{authority.TrimEnd('/')}/.well-known/openid-configuration"), audience);
    }
}
