using System.Security.Cryptography;
using System.Text;
using McpFunctionApp.Callers;

namespace McpFunctionApp.Tickets;

/// <summary>Whom something sealed is for: who the token names where that was verified here, so that a refreshed token goes on;
/// else the token.</summary>
internal static class CallerIdentity
{
    /// <returns>64 hex digits of a SHA-256, which differ for different callers.</returns>
    public static string Of(Caller caller) =>
        caller is { IsVerified: true, Issuer: { } issuer, Subject: { } subject }
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer.Length}:{issuer}{subject}")))
            : caller.Fingerprint;
}
