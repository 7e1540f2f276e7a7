namespace McpFunctionApp.Storage;

/// <summary>
/// One row. The service takes at most 1 MiB a row and 64 KiB a value (strings count two bytes a character),
/// and a date has a precision of 100 ns and comes back in UTC.
/// </summary>
/// <param name="PartitionKey">At most 512 characters without / \ # ? and control characters; may be empty.</param>
/// <param name="RowKey">As the partition key; unique within it.</param>
/// <param name="Values">At most 252, each a string, int, long, double, bool, DateTimeOffset (from 1601 on) or byte[], by names
/// that are identifiers.</param>
public sealed record TableRow(string PartitionKey, string RowKey, IReadOnlyDictionary<string, object> Values);
