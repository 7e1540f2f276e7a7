using System.Text.RegularExpressions;

namespace McpFunctionApp.Storage.TableRest;

/// <summary>Where the table service is and the account key to sign with, read from a connection string.</summary>
public sealed partial class TableConnection
{
    // Public by design: every storage emulator has this account with this key.
    private const string DevelopmentAccount = "devstoreaccount1";
    private const string DevelopmentKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private TableConnection(string account, byte[] key, Uri endpoint)
    {
        Account = account;
        Key = key;
        Endpoint = endpoint;
    }

    /// <summary>The address of the service without a slash at its end; for an emulator with the account in its path.</summary>
    public Uri Endpoint { get; }

    internal string Account { get; }

    internal byte[] Key { get; }

    /// <param name="text"><c>UseDevelopmentStorage=true</c>, or an account's name and key with <c>TableEndpoint</c> or <c>EndpointSuffix</c>.</param>
    /// <param name="faults">Gets one phrase per fault, to follow the setting's name; none repeats the key.</param>
    /// <returns>Null where there was a fault.</returns>
    public static TableConnection? Read(string text, ICollection<string> faults)
    {
        var found = new List<string>();
        var parts = new ConnectionParts(text, found);
        var connection = found.Count > 0 ? null : parts["UseDevelopmentStorage"] is { } development
            ? ReadDevelopment(development, parts, found)
            : ReadAccount(parts, found);
        found.ForEach(faults.Add);
        return found.Count == 0 ? connection : null;
    }

    public override string ToString() => nameof(TableConnection);

    private static TableConnection ReadDevelopment(string value, ConnectionParts parts, List<string> faults)
    {
        if (!value.Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            faults.Add("has UseDevelopmentStorage with another value than true: write true, or leave it out and give AccountName and AccountKey.");
        }

        if (parts["DevelopmentStorageProxyUri"] is not null)
        {
            faults.Add("has DevelopmentStorageProxyUri, which is not supported: give AccountName, AccountKey and TableEndpoint instead.");
        }

        return new(DevelopmentAccount, Convert.FromBase64String(DevelopmentKey), new Uri($"http://127.0.0.1:10002/{DevelopmentAccount}"));
    }

    private static TableConnection ReadAccount(ConnectionParts parts, List<string> faults)
    {
        if (parts["SharedAccessSignature"] is not null)
        {
            faults.Add("holds a shared access signature: use the account's key (AccountName and AccountKey).");
        }

        var account = parts["AccountName"] ?? "";
        if (!AccountName().IsMatch(account))
        {
            faults.Add(account.Length == 0 ? "has no AccountName." : "has an AccountName that no account can have: it has 3 to 63 letters, digits and '-'.");
        }

        return new(account, ReadKey(parts, faults), TableEndpoint.Read(account, parts, faults));
    }

    private static byte[] ReadKey(ConnectionParts parts, List<string> faults)
    {
        var text = parts["AccountKey"] ?? "";
        var key = new byte[text.Length];
        if (text.Length == 0)
        {
            faults.Add("has no AccountKey.");
        }
        else if (!Convert.TryFromBase64String(text, key, out var length))
        {
            faults.Add("has an AccountKey that is not base64: copy it whole, with the '=' at its end.");
        }
        else
        {
            return key[..length];
        }

        return [];
    }

    [GeneratedRegex(@"^[A-Za-z0-9-]{3,63}\z")]
    private static partial Regex AccountName();
}
