namespace McpFunctionApp.Storage.TableRest;

/// <summary>The parts of a connection string, <c>Name=value;Name=value</c>, by names without regard to case.</summary>
internal sealed class ConnectionParts
{
    private readonly Dictionary<string, string> _parts = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="faults">Gets a sentence for each part that cannot be read, without its text: it may be a key.</param>
    public ConnectionParts(string text, ICollection<string> faults)
    {
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                faults.Add("is not a connection string: its parts must be Name=value, separated by semicolons. Copy it from the storage account's access keys, or write UseDevelopmentStorage=true.");
            }
            else if (!_parts.TryAdd(part[..equals].TrimEnd(), part[(equals + 1)..].TrimStart()))
            {
                faults.Add("has a part twice: copy the connection string again from the storage account's access keys.");
            }
        }
    }

    /// <summary>The part's value; null where it is missing or empty.</summary>
    public string? this[string name] => _parts.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
