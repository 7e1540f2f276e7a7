using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Primitives;

namespace McpFunctionApp.Admission;

/// <summary>The address that a request comes from, as far as it is worth counting requests by it. Pure.</summary>
public static class ClientAddress
{
    /// <param name="header">The name of the header that a proxy writes; null: the connection's own address counts.</param>
    /// <returns>An IPv4 address, or the first half of an IPv6 address: one client has the whole second half to itself.</returns>
    public static string Of(HttpContext context, string? header) =>
        Address(context, header) is { } address ? Shown(address) : "unknown";

    /// <returns>The same; null where it tells nobody apart, since it is this machine's own or unknown.</returns>
    public static string? Find(HttpContext context, string? header) =>
        Address(context, header) is { } address && !IPAddress.IsLoopback(address) ? Shown(address) : null;

    private static IPAddress? Address(HttpContext context, string? header) =>
        (header is null ? null : Last(context.Request.Headers[header])) ?? context.Connection.RemoteIpAddress;

    private static string Shown(IPAddress address) =>
        address switch
        {
            { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
            { AddressFamily: AddressFamily.InterNetworkV6 } =>
                $"{new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]])}/64",
            _ => address.ToString(),
        };

    /// <summary>Each proxy appends what it sees: only the last entry is its own, those before it are what the client
    /// wrote.</summary>
    private static IPAddress? Last(StringValues values)
    {
        var line = values.Count == 0 ? "" : values[^1] ?? "";
        var entry = line[(line.LastIndexOf(',') + 1)..].Trim();
        return IPAddress.TryParse(entry, out var address) ? address
            : IPEndPoint.TryParse(entry, out var withPort) ? withPort.Address
            : null;
    }
}
