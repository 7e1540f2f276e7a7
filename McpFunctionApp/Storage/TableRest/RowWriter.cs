using System.Buffers;
using System.Globalization;

namespace McpFunctionApp.Storage.TableRest;

/// <summary>Writes a row as the service's JSON, with an explicit type wherever JSON's own would not bring the same type back.</summary>
internal static class RowWriter
{
    public static ReadOnlyMemory<byte> Write(TableRow row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        // The default encoder leaves nothing but ASCII, and that is needed: Azurite (3.37) breaks a character whose bytes arrive in two reads.
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("PartitionKey", row.PartitionKey);
            json.WriteString("RowKey", row.RowKey);
            foreach (var (name, value) in row.Values)
            {
                WriteValue(json, name, value);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object value)
    {
        if (EdmType(value) is { } type)
        {
            json.WriteString($"{name}@odata.type", type);
        }

        switch (value)
        {
            case string text:
                json.WriteString(name, text);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case long number:
                json.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            case double number:
                json.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
                break;
            case bool truth:
                json.WriteBoolean(name, truth);
                break;
            case DateTimeOffset date:
                json.WriteString(name, date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
                break;
            case byte[] bytes:
                json.WriteBase64String(name, bytes);
                break;
        }
    }

    private static string? EdmType(object value) => value switch
    {
        long => "Edm.Int64",
        double => "Edm.Double",
        DateTimeOffset => "Edm.DateTime",
        byte[] => "Edm.Binary",
        _ => null,
    };
}
