using System.Net;

namespace McpFunctionApp.Storage.TableRest;

/// <summary>Finds the service's address in a connection string: <c>TableEndpoint</c>, or the account's name before <c>EndpointSuffix</c>.</summary>
internal static class TableEndpoint
{
    private static readonly Uri s_none = new("https://invalid.invalid");

    public static Uri Read(string account, ConnectionParts parts, List<string> faults)
    {
        var given = parts["TableEndpoint"];
        var protocol = parts["DefaultEndpointsProtocol"] ?? "https";
        var suffix = parts["EndpointSuffix"] ?? "core.windows.net";
        if (given is null && (protocol is not ("http" or "https") || Uri.CheckHostName($"a.{suffix}") != UriHostNameType.Dns))
        {
            faults.Add("has no usable address: DefaultEndpointsProtocol must be https, and EndpointSuffix a host name such as core.windows.net; or give TableEndpoint.");
            return s_none;
        }

        var text = given ?? $"{protocol}://{(account.Length > 0 ? account : "account")}.table.{suffix}";
        if (!Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https") || endpoint.Host.Length == 0)
        {
            // The text is not repeated: an address may hold a signature.
            faults.Add("has a TableEndpoint that is not an absolute http or https address.");
            return s_none;
        }

        if (endpoint.Query.Length > 0 || endpoint.Fragment.Length > 0 || endpoint.UserInfo.Length > 0)
        {
            faults.Add("has a TableEndpoint with a query, fragment or user name: leave the address bare and use AccountName and AccountKey.");
        }

        if (endpoint.Scheme == "http" && !IsLoopback(endpoint))
        {
            faults.Add($"would send rows unencrypted ({(given is null ? "DefaultEndpointsProtocol" : "TableEndpoint")} is http): use https. Only a loopback address may be http.");
        }

        return endpoint;
    }

    private static bool IsLoopback(Uri url) =>
        url.IsLoopback || (IPAddress.TryParse(url.Host, out var address) && IPAddress.IsLoopback(address));
}
