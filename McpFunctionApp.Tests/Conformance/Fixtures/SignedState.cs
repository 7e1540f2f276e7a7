using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ModelContextProtocol;

namespace McpFunctionApp.Tests.Conformance.Fixtures;

/// <summary>A state that a client carries to the next round and cannot change.</summary>
internal static class SignedState
{
    private static readonly byte[] s_key = RandomNumberGenerator.GetBytes(32);

    public static string Write(string state) => $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(state))}.{Signature(state)}";

    /// <returns>The state; null where there is none.</returns>
    /// <exception cref="McpProtocolException">It is not the one that was written.</exception>
    public static string? Read(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var parts = text.Split('.');
        if (parts.Length == 2 && Base64Url.IsValid(parts[0]))
        {
            var state = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0]));
            if (Signature(state) == parts[1])
            {
                return state;
            }
        }

        throw new McpProtocolException("The request's state has been changed.", McpErrorCode.InvalidParams);
    }

    private static string Signature(string state) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(s_key, Encoding.UTF8.GetBytes(state)));
}
