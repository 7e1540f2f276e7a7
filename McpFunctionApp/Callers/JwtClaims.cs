using System.Buffers.Text;
using System.Collections.Immutable;

namespace McpFunctionApp.Callers;

/// <summary>
/// The few claims of a JWT (RFC 7519) that matter here, unverified. A token that is no JWT, or a claim of the wrong
/// type, gives nulls: an odd token is the form API's to judge.
/// </summary>
internal sealed record JwtClaims(
    string? Issuer,
    string? Subject,
    ImmutableArray<string>? Groups,
    DateTimeOffset? ExpiresAt,
    ImmutableArray<string> Scopes
)
{
    private static readonly JwtClaims s_none = new(null, null, null, null, []);

    // Bounds what is parsed of a token that is about to be refused anyway.
    private const int MaxPayloadCharacters = 32_768;

    public static JwtClaims Read(string token, string groupsClaim)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || parts[1].Length is 0 or > MaxPayloadCharacters)
        {
            return s_none;
        }

        try
        {
            using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return payload.RootElement.ValueKind == JsonValueKind.Object ? Read(payload.RootElement, groupsClaim) : s_none;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return s_none;
        }
    }

    private static JwtClaims Read(JsonElement payload, string groupsClaim) =>
        new(
            Text(payload, "iss"),
            Text(payload, "sub"),
            payload.TryGetProperty(groupsClaim, out var groups) ? ReadGroups(groups) : null,
            payload.TryGetProperty("exp", out var exp) ? ReadTime(exp) : null,
            [.. ReadScopes(payload, "scp"), .. ReadScopes(payload, "scope")]
        );

    /// <summary>A text of words, or an array of texts.</summary>
    private static IEnumerable<string> ReadScopes(JsonElement payload, string name) =>
        !payload.TryGetProperty(name, out var value)
            ? []
            : value.ValueKind switch
            {
                JsonValueKind.String => ScopeList.Split(value.GetString()!),
                JsonValueKind.Array => value
                    .EnumerateArray()
                    .Where(entry => entry.ValueKind == JsonValueKind.String)
                    .SelectMany(entry => ScopeList.Split(entry.GetString()!)),
                _ => [],
            };

    private static string? Text(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ImmutableArray<string>? ReadGroups(JsonElement groups) =>
        groups.ValueKind switch
        {
            JsonValueKind.Array => [.. groups.EnumerateArray().Select(Scalar).OfType<string>()],
            _ => Scalar(groups) is { } only ? [only] : null,
        };

    private static string? Scalar(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };

    private static DateTimeOffset? ReadTime(JsonElement exp)
    {
        if (exp.ValueKind != JsonValueKind.Number || !exp.TryGetDouble(out var seconds))
        {
            return null;
        }

        var bounded = Math.Clamp(seconds, 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds());
        return DateTimeOffset.FromUnixTimeMilliseconds((long)(bounded * 1000));
    }
}
