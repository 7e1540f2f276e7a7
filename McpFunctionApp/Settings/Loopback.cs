using System.Net;

namespace McpFunctionApp.Settings;

/// <summary>Whether a name means this machine alone: what is sent there does not leave it, and who calls it so is on
/// it.</summary>
public static class Loopback
{
    /// <param name="host">A host's name or address, without a port; an IPv6 address with or without its brackets.</param>
    public static bool IsHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    public static bool Is(Uri url) => IsHost(url.Host);
}
