using System.Net.Http.Headers;
using System.Text;
using McpFunctionApp.Settings;

namespace McpFunctionApp.Search;

/// <summary>The <c>Elasticsearch</c> settings.</summary>
/// <param name="Url">Where Elasticsearch is, ending in a slash.</param>
/// <param name="Credentials">This server's own; null where Elasticsearch asks for none. A caller's token is never sent
/// there.</param>
/// <param name="AllowAnonymous">Whether everybody may search; else only callers whose token has been accepted.</param>
/// <param name="Entities">At least one, in the order in which they are listed.</param>
[Setting("Elasticsearch:Url", "Address of Elasticsearch, https (http on this machine only)", Default = "none: no search")]
[Setting("Elasticsearch:ApiKey", "This server's own credentials: a key in its encoded form", Default = "none")]
[Setting("Elasticsearch:Username", "This server's own credentials in place of a key: a name", Default = "none")]
[Setting("Elasticsearch:Password", "The password that goes with `Elasticsearch:Username`", Default = "none")]
[Setting(
    "Elasticsearch:IndexPrefix",
    "An entity's index is `{IndexPrefix}_{entity}`, or `{entity}` without a prefix",
    Default = "none"
)]
[Setting("Elasticsearch:MinScore", "The one [minimum score](search.md#one-minimum-score) of every search; 0 is none")]
[Setting("Elasticsearch:AllowAnonymous", "Lets callers search whose token nobody has accepted, or who have none")]
public sealed record SearchOptions(
    Uri Url,
    AuthenticationHeaderValue? Credentials,
    bool AllowAnonymous,
    IReadOnlyList<EntityType> Entities
)
{
    /// <returns>Null where <c>Elasticsearch:Url</c> is not set: there is no search then.</returns>
    public static SearchOptions? Read(SettingsReader settings)
    {
        var section = settings.Section("Elasticsearch");
        var url = ReadUrl(section);
        var credentials = ReadCredentials(section);
        var allowAnonymous = section.Bool("AllowAnonymous", false);
        var minScore = section.Number("MinScore", 0, 0, EntitySettings.MaxScore);
        var prefix = section.Text("IndexPrefix") is { } text ? EntitySettings.IsIndex(section, "IndexPrefix", text) : "";
        var entities = EntitySettings.ReadAll(section, prefix, EntitySettings.ReadFieldPrefix(section), minScore);
        if (entities.Count == 0)
        {
            section.Fault(
                "Entities",
                "leaves no entity type to search for: enable one, or leave Elasticsearch:Url out to have no search."
            );
        }

        if (section.Text("Url") is null && section.HasOwnValues)
        {
            section.Note("Url", "is not set: there is no search, and the other Elasticsearch settings have no effect.");
        }

        section.NoteUnknown();
        return url is null ? null : new SearchOptions(url, credentials, allowAnonymous, entities);
    }

    /// <summary>The host only, so that no message can show credentials by accident.</summary>
    public override string ToString() => Url.Host;

    private static Uri? ReadUrl(SettingsSection section)
    {
        if (section.Text("Url") is not { } text)
        {
            return null;
        }

        // The text itself is not repeated: an address with a password in it must not reach the log.
        if (HttpAddress.Of(text.TrimEnd('/') + "/") is not { } url || url.Query.Length + url.Fragment.Length > 0)
        {
            section.Fault(
                "Url",
                "must be an absolute http or https address without a query, such as https://search.example.com:9200."
            );
            return null;
        }

        if (url.UserInfo.Length > 0)
        {
            section.Fault(
                "Url",
                "must not hold a user name or password: set Elasticsearch:ApiKey, or Elasticsearch:Username and :Password."
            );
        }

        if (HttpAddress.IsOpen(url))
        {
            section.Fault(
                "Url",
                $"is not https, and would send credentials and people's data unencrypted to {url.Host}. Use https; http is "
                    + $"for this machine only."
            );
        }

        return url;
    }

    private static AuthenticationHeaderValue? ReadCredentials(SettingsSection section)
    {
        var (key, name, password) = (section.Text("ApiKey"), section.Text("Username"), section.Text("Password"));
        if (key is not null && (name ?? password) is not null)
        {
            section.Fault("ApiKey", "is set, and so is Elasticsearch:Username or :Password: use one kind of credentials.");
        }

        if ((name is null) != (password is null))
        {
            section.Fault(
                name is null ? "Username" : "Password",
                "is missing: Elasticsearch:Username and :Password go together."
            );
        }

        if (name?.Contains(':', StringComparison.Ordinal) == true)
        {
            section.Fault("Username", "has a ':', which basic authentication cannot send.");
        }

        if (key is not null && !key.All(c => c is > ' ' and < '\x7f'))
        {
            section.Fault(
                "ApiKey",
                "has a character that no key has: set the key in its encoded form, as Elasticsearch gave it."
            );
            return null;
        }

        return key is not null ? new("ApiKey", key)
            : name is not null && password is not null
                ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")))
            : null;
    }
}
