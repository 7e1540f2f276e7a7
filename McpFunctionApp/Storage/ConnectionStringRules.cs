using System.Text.RegularExpressions;
using McpFunctionApp.Settings;

namespace McpFunctionApp.Storage;

/// <summary>
/// What a connection string must say: an account's name and key, and an address that is https unless it never leaves this
/// machine; or <c>UseDevelopmentStorage=true</c>. All its faults are found at once, and none repeats any of its text.
/// </summary>
internal static partial class ConnectionStringRules
{
    public const string CopyIt =
        "Copy it whole from the storage account's access keys, or set TableStorage:tableServiceUri for a managed identity.";

    /// <returns>The string as the library reads it, and faults: each the rest of a sentence that begins with the setting's
    /// name.</returns>
    public static (string Connection, IReadOnlyList<string> Faults) Check(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                return ("", [$"is no connection string: its parts are Name=value with semicolons between them. {CopyIt}"]);
            }

            if (!parts.TryAdd(part[..equals].TrimEnd(), part[(equals + 1)..].TrimStart()))
            {
                return ("", [$"has a part twice, and is no connection string. {CopyIt}"]);
            }
        }

        return parts.ContainsKey("UseDevelopmentStorage")
            ? ("UseDevelopmentStorage=true", [.. FaultsOfEmulator(parts)])
            : (Join(parts), [.. FaultsOfAccount(parts), .. FaultsOfAddress(parts)]);
    }

    private static string Join(Dictionary<string, string> parts) =>
        string.Join(';', parts.Select(part => $"{part.Key}={part.Value}"));

    private static IEnumerable<string> FaultsOfEmulator(Dictionary<string, string> parts)
    {
        if (!parts["UseDevelopmentStorage"].Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            yield return "has UseDevelopmentStorage with another value than true: write true, or give AccountName and "
                + "AccountKey instead.";
        }

        if (parts.ContainsKey("DevelopmentStorageProxyUri"))
        {
            yield return "has DevelopmentStorageProxyUri, which is not supported: give AccountName, AccountKey and "
                + "TableEndpoint.";
        }
    }

    private static IEnumerable<string> FaultsOfAccount(Dictionary<string, string> parts)
    {
        if (parts.ContainsKey("SharedAccessSignature"))
        {
            yield return $"holds a shared access signature, which ends without notice: use the account's key. {CopyIt}";
        }

        if (!AccountName().IsMatch(parts.GetValueOrDefault("AccountName", "")))
        {
            yield return $"has no AccountName that an account can have: 3 to 63 letters, digits and '-'. {CopyIt}";
        }

        var key = parts.GetValueOrDefault("AccountKey", "");
        if (key.Length == 0 || !Convert.TryFromBase64String(key, new byte[key.Length], out _))
        {
            yield return $"has no AccountKey in base64, with the '=' at its end. {CopyIt}";
        }
    }

    private static IEnumerable<string> FaultsOfAddress(Dictionary<string, string> parts)
    {
        var given = parts.GetValueOrDefault("TableEndpoint", "");
        var protocol = parts.GetValueOrDefault("DefaultEndpointsProtocol", "https");
        var suffix = parts.GetValueOrDefault("EndpointSuffix", "core.windows.net");
        var (name, text) =
            given.Length > 0
                ? ("TableEndpoint", given)
                : ("DefaultEndpointsProtocol or EndpointSuffix", $"{protocol}://a.table.{suffix}");
        if (HttpAddress.Of(text) is not { } address || (given.Length == 0 && address.AbsolutePath != "/"))
        {
            yield return $"has a {name} that makes no http or https address.";
            yield break;
        }

        if (address.Query.Length + address.Fragment.Length + address.UserInfo.Length > 0)
        {
            yield return $"has a {name} with a query, fragment or user name: give the bare address, AccountName and AccountKey.";
        }

        if (HttpAddress.IsOpen(address))
        {
            yield return $"would send rows unencrypted ({name} is http): use https. Only a loopback address may be http.";
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9-]{3,63}\z")]
    private static partial Regex AccountName();
}
