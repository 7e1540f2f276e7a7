using System.Globalization;
using Azure.Data.Tables;

namespace McpFunctionApp.Storage;

/// <summary>Rows to entities and back; what the service adds to an entity of its own is left out.</summary>
internal static class RowMapper
{
    public static TableEntity ToEntity(TableRow row)
    {
        var entity = new TableEntity(row.PartitionKey, row.RowKey);
        foreach (var (name, value) in row.Values)
        {
            if (value is double number && !double.IsFinite(number))
            {
                // JSON has no such number: the service takes it as text that is said to be one, which the library does not do.
                entity[name] = number.ToString(CultureInfo.InvariantCulture);
                entity[$"{name}@odata.type"] = "Edm.Double";
            }
            else
            {
                entity[name] = value;
            }
        }

        return entity;
    }

    /// <exception cref="FormatException">What came is no row.</exception>
    public static TableRow ToRow(TableEntity entity)
    {
        if (entity is not { PartitionKey: { } partitionKey, RowKey: { } rowKey })
        {
            throw new FormatException("A row has two keys.");
        }

        var values = new Dictionary<string, object>(
            entity.Where(value => !IsOwn(value.Key) && value.Value is not null),
            StringComparer.Ordinal
        );
        return values.Values.All(IsValue)
            ? new TableRow(partitionKey, rowKey, values)
            : throw new FormatException("A row has values of other types.");
    }

    private static bool IsValue(object value) => value is string or int or long or double or bool or DateTimeOffset or byte[];

    private static bool IsOwn(string name) =>
        name is "PartitionKey" or "RowKey" or "Timestamp" || name.StartsWith("odata.", StringComparison.Ordinal);
}
