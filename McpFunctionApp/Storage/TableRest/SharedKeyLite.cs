using System.Security.Cryptography;
using System.Text;

namespace McpFunctionApp.Storage.TableRest;

/// <summary>The "Shared Key Lite" authorization of the table service: HMAC-SHA256 over the date and the resource, by Microsoft's "Authorize with Shared Key".</summary>
public static class SharedKeyLite
{
    /// <param name="date">Exactly the value of the request's <c>x-ms-date</c> header.</param>
    /// <param name="encodedPath">The path as it goes over the wire, percent-encoding included; no query.</param>
    /// <returns>The value of the <c>Authorization</c> header.</returns>
    public static string Authorization(string account, ReadOnlySpan<byte> key, string date, string encodedPath)
    {
        var signature = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{date}\n/{account}{encodedPath}"));
        return $"SharedKeyLite {account}:{Convert.ToBase64String(signature)}";
    }
}
