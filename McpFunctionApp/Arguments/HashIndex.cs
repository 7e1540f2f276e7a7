namespace McpFunctionApp.Arguments;

/// <summary>
/// Where texts stand in a list, by their hashes: 8 bytes for each, where a dictionary would take 50 and hold the texts,
/// since a list may have 200,000 options. Whoever looks compares the texts themselves.
/// </summary>
internal sealed class HashIndex
{
    private const ulong HashBits = 0xFFFF_FFFF_0000_0000;

    private readonly ulong[] _entries;

    public HashIndex(int count, Func<int, IEnumerable<string>> textsAt)
    {
        var entries = new List<ulong>(count);
        for (var place = 0; place < count; place++)
        {
            foreach (var text in textsAt(place))
            {
                entries.Add(Hash(text) | (uint)place);
            }
        }

        _entries = [.. entries];
        Array.Sort(_entries);
    }

    /// <summary>In their order, those places whose text has the same hash.</summary>
    public Places Find(string text)
    {
        var hash = Hash(text);
        var start = Array.BinarySearch(_entries, hash);
        return new Places(_entries, start < 0 ? ~start : start, hash);
    }

    private static ulong Hash(string text) => (ulong)(uint)text.GetHashCode(StringComparison.Ordinal) << 32;

    /// <summary>Enumerated without an allocation, since a call may look half a million times.</summary>
    internal ref struct Places(ReadOnlySpan<ulong> entries, int start, ulong hash)
    {
        private readonly ReadOnlySpan<ulong> _entries = entries;
        private int _at = start - 1;

        public readonly int Current => (int)(uint)_entries[_at];

        public readonly Places GetEnumerator() => this;

        public bool MoveNext() => ++_at < _entries.Length && (_entries[_at] & HashBits) == hash;
    }
}
