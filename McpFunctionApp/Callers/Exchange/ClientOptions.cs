using McpFunctionApp.Settings;

namespace McpFunctionApp.Callers.Exchange;

/// <summary>As whom this server asks the authority for tokens: the <c>Callers:Client</c> settings.</summary>
/// <param name="TokenUrl">Where it asks; null: the <c>token_endpoint</c> of the authority's own metadata.</param>
/// <param name="ConsentUrl">Where people or their administrators consent; null: they are told no address.</param>
[Setting(
    "Callers:Client:Id",
    "As whom this server asks the authority for tokens of form APIs' own",
    Default = "required with `Forms:0:Exchange`"
)]
[Setting(
    "Callers:Client:Secret",
    "Proves to the authority who this server is, by a secret. Set exactly one of this, `Callers:Client:KeyFile` "
        + "and `Callers:Client:ManagedIdentity`",
    Default = "none"
)]
[Setting(
    "Callers:Client:KeyFile",
    "Proves it by a PEM file with a private key (RSA or EC), and the certificate where the authority wants its " + "thumbprint",
    Default = "none"
)]
[Setting(
    "Callers:Client:ManagedIdentity",
    "Proves it by a user-assigned managed identity, whose client id this is (`system`: by the app's own)",
    Default = "none"
)]
[Setting(
    "Callers:Client:TokenUrl",
    "Where this server asks for tokens of form APIs' own",
    Default = "the authority's `token_endpoint`"
)]
[Setting("Callers:Client:ConsentUrl", "Where callers are sent whose consent is missing", Default = "none")]
public sealed record ClientOptions(string Id, ClientCredential Credential, string? TokenUrl, string? ConsentUrl)
{
    public const string Section = "Callers:Client";

    /// <returns>Null where nothing is set, or a fault was noted.</returns>
    public static ClientOptions? Read(SettingsSection callers)
    {
        var section = callers.Section("Client");
        var id = section.Text("Id");
        var credentials = ReadCredentials(section, id);
        var tokenUrl = WebAddress.ReadWithQuery(section, "TokenUrl");
        var consentUrl = WebAddress.ReadWithQuery(section, "ConsentUrl");
        section.NoteUnknown();
        if (id is null && credentials.Count == 0 && tokenUrl is null && consentUrl is null)
        {
            return null;
        }

        if (id is null)
        {
            section.Fault("Id", "is missing: it is the id under which the authority knows this server.");
        }

        if (credentials.Count != 1)
        {
            section.Fault(
                "Secret",
                $"{(credentials.Count == 0 ? "is missing, as are KeyFile and ManagedIdentity" : "is one of several")}: set "
                    + $"exactly one of {Section}:Secret, {Section}:KeyFile and {Section}:ManagedIdentity."
            );
        }

        return id is not null && credentials is [{ } credential] ? new ClientOptions(id, credential, tokenUrl, consentUrl) : null;
    }

    /// <returns>One for each that is set; null in place of one that cannot be used, whose fault is noted.</returns>
    private static List<ClientCredential?> ReadCredentials(SettingsSection section, string? id)
    {
        var credentials = new List<ClientCredential?>();
        if (section.Text("Secret") is { } secret)
        {
            credentials.Add(new ClientSecret(secret));
        }

        if (section.Text("KeyFile") is { } file)
        {
            credentials.Add(ClientKey.Read(section, file, id ?? ""));
        }

        if (section.Text("ManagedIdentity") is { } identity && !identity.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            credentials.Add(new ManagedIdentity(identity));
        }

        return credentials;
    }
}
