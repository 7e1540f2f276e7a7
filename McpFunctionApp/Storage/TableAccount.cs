using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using McpFunctionApp.Settings;

namespace McpFunctionApp.Storage;

/// <summary>
/// The account that <c>TableStorage</c> names: by a connection string, or by an identity in the way of the Functions
/// host's own connections (<c>TableStorage:tableServiceUri</c>, <c>:credential</c>, <c>:clientId</c>).
/// </summary>
[Setting(
    "TableStorage",
    "Connection string of a storage account, or `UseDevelopmentStorage=true`",
    Default = "none: memory only"
)]
[Setting(
    "TableStorage:tableServiceUri",
    "In place of a connection string, without a key: the table service's address, for a managed identity",
    Default = "none"
)]
[Setting(
    "TableStorage:clientId",
    "The client id of the user-assigned managed identity that signs in there",
    Default = "none: the app's own, or what DefaultAzureCredential finds"
)]
[Setting(
    "TableStorage:credential",
    "Says that a managed identity signs in there, so that no other is looked for",
    Default = "none",
    Values = ["managedidentity"]
)]
internal static class TableAccount
{
    private const string Setting = "TableStorage";

    private static readonly TimeSpan s_longestExchange = TimeSpan.FromSeconds(30);

    /// <returns>Null where there is no table, or where a fault says why there cannot be one.</returns>
    public static TableServiceClient? Read(SettingsReader settings)
    {
        var section = settings.Section(Setting);
        var (uri, credential, clientId) = (section.Text("tableServiceUri"), section.Text("credential"), section.Text("clientId"));
        section.NoteUnknown();
        return (settings.Text(Setting), uri) switch
        {
            ({ } connection, null) => ByConnectionString(connection, settings),
            (null, { } address) => ByIdentity(address, credential, clientId, section),
            ({ }, { }) => Refuse(
                settings,
                "is given as a connection string and as TableStorage:tableServiceUri: keep one of them."
            ),
            _ when credential is not null || clientId is not null => Refuse(
                settings,
                "has no tableServiceUri, such as https://ACCOUNT.table.core.windows.net: a credential alone names no account."
            ),
            _ => null,
        };
    }

    internal static TableClientOptions Options() =>
        new()
        {
            Retry = { NetworkTimeout = s_longestExchange },
            RetryPolicy = new TableRetry(),

            // Its log lines hold addresses and keys of rows.
            Diagnostics = { IsLoggingEnabled = false },
        };

    private static TableServiceClient? ByConnectionString(string text, SettingsReader settings)
    {
        var (connection, faults) = ConnectionStringRules.Check(text);
        foreach (var fault in faults)
        {
            settings.Fault($"{Setting} {fault}");
        }

        if (faults.Count > 0)
        {
            return null;
        }

        try
        {
            return new TableServiceClient(connection, Options());
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            // The library's own message may quote a part of it.
            return Refuse(settings, $"is no connection string. {ConnectionStringRules.CopyIt}");
        }
    }

    private static TableServiceClient? ByIdentity(string address, string? credential, string? clientId, SettingsSection section)
    {
        var isAddress =
            Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && uri.Scheme == Uri.UriSchemeHttps
            && uri.UserInfo.Length + uri.Query.Length + uri.Fragment.Length == 0;
        if (!isAddress)
        {
            section.Fault(
                "tableServiceUri",
                "must be an https address such as https://ACCOUNT.table.core.windows.net, without a key or signature."
            );
        }

        var isKnown = credential is null || credential.Equals("managedidentity", StringComparison.OrdinalIgnoreCase);
        if (!isKnown)
        {
            section.Fault("credential", "must be managedidentity; leave it out to let DefaultAzureCredential find one.");
        }

        return isAddress && isKnown ? new TableServiceClient(uri, CredentialFor(credential, clientId), Options()) : null;
    }

    /// <summary>A managed identity that is named is asked at once: looking for others costs seconds on a cold start.</summary>
    private static TokenCredential CredentialFor(string? credential, string? clientId) =>
        clientId is not null ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
        : credential is not null ? new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned)
        : new DefaultAzureCredential();

    private static TableServiceClient? Refuse(SettingsReader settings, string problem)
    {
        settings.Fault($"{Setting} {problem}");
        return null;
    }
}
