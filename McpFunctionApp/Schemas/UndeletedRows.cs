using Microsoft.Extensions.Caching.Memory;

namespace McpFunctionApp.Schemas;

/// <summary>
/// Rows that should be gone, but the table could not be told: this instance does not look at them any more. Remembers a
/// bounded number for the longest life that a row can have left.
/// </summary>
internal sealed class UndeletedRows(TimeSpan longestLife) : IDisposable
{
    private const int MaxRemembered = 20_000;

    private readonly MemoryCache _keys = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    public void Add(SchemaKey key) =>
        _keys.Set(key, true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = longestLife });

    public bool Contains(SchemaKey key) => _keys.TryGetValue(key, out _);

    /// <summary>The row has been written anew.</summary>
    public void Remove(SchemaKey key) => _keys.Remove(key);

    public void Dispose() => _keys.Dispose();
}
