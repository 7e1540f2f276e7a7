using System.Globalization;

namespace McpFunctionApp.Storage.TableRest;

/// <summary>Reads rows out of the service's JSON with minimal metadata, in which every type that JSON lacks has its own <c>@odata.type</c>.</summary>
internal static class RowReader
{
    private const string TypeSuffix = "@odata.type";

    /// <summary>The one row that an answer is.</summary>
    /// <exception cref="TableStoreException">The answer is not a row.</exception>
    public static TableRow ReadRow(TableReply reply) => Guard(reply, ReadRow);

    /// <summary>The rows of one page.</summary>
    /// <exception cref="TableStoreException">The answer is not a page of rows.</exception>
    public static IReadOnlyList<TableRow> ReadPage(TableReply reply) =>
        Guard<IReadOnlyList<TableRow>>(reply, root => [.. root.GetProperty("value").EnumerateArray().Select(ReadRow)]);

    /// <summary>Whether an answer is a list of anything.</summary>
    /// <exception cref="TableStoreException">It is not.</exception>
    public static void CheckList(TableReply reply) => Guard(reply, root => root.GetProperty("value").GetArrayLength());

    private static T Guard<T>(TableReply reply, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(reply.Body);
            return read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw reply.Unreadable();
        }
    }

    private static TableRow ReadRow(JsonElement json)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            var name = property.Name;
            if (name is not ("PartitionKey" or "RowKey" or "Timestamp") && !name.StartsWith("odata.", StringComparison.Ordinal)
                && !name.EndsWith(TypeSuffix, StringComparison.Ordinal) && property.Value.ValueKind != JsonValueKind.Null)
            {
                values[name] = ReadValue(property.Value, json.TryGetProperty(name + TypeSuffix, out var type) ? type.GetString() : null);
            }
        }

        return new(ReadKey(json, "PartitionKey"), ReadKey(json, "RowKey"), values);
    }

    private static string ReadKey(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException("A key is null.");

    private static object ReadValue(JsonElement value, string? type) => type switch
    {
        "Edm.Int64" => long.Parse(value.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        "Edm.Double" => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.Parse(value.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture),
        "Edm.DateTime" => DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
        "Edm.Binary" => value.GetBytesFromBase64(),
        _ => ReadPlain(value),
    };

    private static object ReadPlain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        // An Int32 has neither fraction nor exponent; a Double has one of them, even where it is whole (1.0).
        JsonValueKind.Number when value.TryGetInt32(out var number) => number,
        JsonValueKind.Number => value.GetDouble(),
        _ => throw new FormatException("A value is no scalar."),
    };
}
