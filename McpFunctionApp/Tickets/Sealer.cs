using System.Buffers.Text;
using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace McpFunctionApp.Tickets;

/// <summary>Turns what this server must find again into a text that a client can keep, and neither read nor change.</summary>
public sealed class Sealer(KeyRing keys)
{
    // Far above what is ever sealed here: no more than this is looked at.
    private const int MaxText = 131_072;

    /// <param name="purpose">What it is for: what was sealed for one purpose cannot be opened for another.</param>
    /// <returns>Null where that cannot be done at the moment.</returns>
    internal async Task<string?> SealAsync<T>(string purpose, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var data = JsonSerializer.SerializeToUtf8Bytes(value, type);
        return await keys.ProtectAsync(purpose, data, cancellationToken) is { } protectedData
            ? Base64Url.EncodeToString(protectedData)
            : null;
    }

    internal async Task<Opened<T>> OpenAsync<T>(
        string purpose,
        string text,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    )
        where T : class
    {
        if (text.Length > MaxText || !Base64Url.IsValid(text))
        {
            return default;
        }

        var opened = await keys.UnprotectAsync(
            purpose,
            Base64Url.DecodeFromUtf8(Encoding.ASCII.GetBytes(text)),
            cancellationToken
        );
        return new Opened<T>(opened.Data is { } data ? JsonSerializer.Deserialize(data, type) : null, opened.IsUnavailable);
    }
}

/// <summary>What was sealed.</summary>
/// <param name="Value">Null where it was not sealed here for this, or was changed.</param>
/// <param name="IsUnavailable">Whether that cannot be said at the moment.</param>
internal readonly record struct Opened<T>(T? Value, bool IsUnavailable)
    where T : class;
