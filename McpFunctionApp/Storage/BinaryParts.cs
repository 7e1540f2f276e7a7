namespace McpFunctionApp.Storage;

/// <summary>
/// Bytes as a row's properties: a binary property holds 64 KiB and a row 1 MiB, so that longer bytes are split over
/// several (https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model).
/// </summary>
public static class BinaryParts
{
    private const int PartBytes = 65_536;

    // 15 full parts leave the rest of the mebibyte to keys, names and the other properties.
    private const int MaxParts = 15;

    /// <summary>The most that one row can hold.</summary>
    public const int MaxBytes = PartBytes * MaxParts;

    public static void Write(IDictionary<string, object> values, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            throw new ArgumentException($"A row holds at most {MaxBytes} bytes.", nameof(bytes));
        }

        for (var part = 0; part * PartBytes < bytes.Length; part++)
        {
            values[$"Part{part:00}"] = bytes
                .Slice(part * PartBytes, Math.Min(PartBytes, bytes.Length - (part * PartBytes)))
                .ToArray();
        }
    }

    /// <returns>None where there are more than a row can hold: they are counted before they are put together.</returns>
    public static byte[] Read(IReadOnlyDictionary<string, object> values)
    {
        var parts = new List<byte[]>();
        while (values.TryGetValue($"Part{parts.Count:00}", out var value) && value is byte[] part)
        {
            if (parts.Count == MaxParts || part.Length > PartBytes)
            {
                return [];
            }

            parts.Add(part);
        }

        var bytes = new byte[parts.Sum(part => part.Length)];
        var end = 0;
        foreach (var part in parts)
        {
            part.CopyTo(bytes, end);
            end += part.Length;
        }

        return bytes;
    }
}
