using System.Buffers.Text;
using System.Text;

namespace McpFunctionApp.Tests.Callers;

/// <summary>Writes tokens in the shape of a JWT around any payload, unsigned.</summary>
internal static class JwtText
{
    public static string Of(string payload) => Of(Encoding.UTF8.GetBytes(payload));

    public static string Of(byte[] payload) => $"eyJhbGciOiJub25lIn0.{Base64Url.EncodeToString(payload)}.c2lnbmF0dXJl";
}
