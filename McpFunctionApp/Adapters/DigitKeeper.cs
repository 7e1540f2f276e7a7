using System.Buffers;
using System.Globalization;
using McpFunctionApp.Replies;
using McpFunctionApp.Submissions;
using Newtonsoft.Json.Linq;

namespace McpFunctionApp.Adapters;

/// <summary>
/// Turns JSON into the tokens that expressions run on, and what they give back into JSON, with every number's digits
/// as they were: <c>2.50</c>, <c>1e3</c>, ids of 20 digits. Texts stay texts, whatever date they look like.
/// </summary>
internal sealed class DigitKeeper
{
    // Beyond, a decimal has not enough of them.
    private const int MaxExactDigits = 28;

    // Beyond, a double is no longer the whole number that was given.
    private const double MaxExact = 9_007_199_254_740_992;

    // A token's clone holds the same object as its value: what is kept by that object is found in clones, too.
    private readonly Dictionary<object, string> _digits = new(ReferenceEqualityComparer.Instance);

    /// <summary>Texts and names that are not valid Unicode become null, and are left out.</summary>
    public JToken Read(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => ReadObject(json),
            JsonValueKind.Array => ReadArray(json),
            JsonValueKind.String => JsonMembers.Text(json) is { } text ? new JValue(text) : JValue.CreateNull(),
            JsonValueKind.Number => Number(json.GetRawText()),
            JsonValueKind.True or JsonValueKind.False => new JValue(json.GetBoolean()),
            _ => JValue.CreateNull(),
        };

    /// <param name="digits">A number as JSON writes it.</param>
    public JValue Number(string digits)
    {
        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && digits != "-0")
        {
            return new JValue(whole);
        }

        var value = Value(digits);
        _digits[value] = digits;
        return new JValue(value);
    }

    /// <summary>The number as it was written; null where it was computed, or is no number.</summary>
    public string? DigitsOf(JToken token) =>
        (token as JValue)?.Value is not { } value ? null
        : _digits.TryGetValue(value, out var written) ? written
        : value is long whole ? whole.ToString(CultureInfo.InvariantCulture)
        : null;

    /// <param name="withoutNulls">Leaves out members that are null.</param>
    /// <returns>Null where it would be larger than the limit.</returns>
    /// <exception cref="ArgumentException">A text that is not valid Unicode.</exception>
    public byte[]? Write(JToken token, long limit, bool withoutNulls)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(buffer, CompactJson.Options))
        {
            if (!Write(writer, token, limit, withoutNulls))
            {
                return null;
            }
        }

        return buffer.WrittenSpan.ToArray();
    }

    // A whole number stays one to the expression, however it is written: 1.0 equals 1.
    private static object Value(string digits)
    {
        if (
            digits.AsSpan().ContainsAnyExceptInRange('+', '9') is false
            && digits.Length <= MaxExactDigits
            && !digits.AsSpan().Contains('.')
        )
        {
            return decimal.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }

        var number = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        return Math.Floor(number) == number && Math.Abs(number) < MaxExact ? (object)(long)number : number;
    }

    private JObject ReadObject(JsonElement json)
    {
        var result = new JObject();
        foreach (var member in json.EnumerateObject())
        {
            if (JsonMembers.Name(member) is { } name)
            {
                result[name] = Read(member.Value);
            }
        }

        return result;
    }

    private JArray ReadArray(JsonElement json)
    {
        var result = new JArray();
        foreach (var entry in json.EnumerateArray())
        {
            result.Add(Read(entry));
        }

        return result;
    }

    private bool Write(Utf8JsonWriter writer, JToken token, long limit, bool withoutNulls)
    {
        switch (token)
        {
            case JObject members:
                writer.WriteStartObject();
                foreach (var (name, value) in members)
                {
                    if (withoutNulls && value is null or { Type: JTokenType.Null })
                    {
                        continue;
                    }

                    writer.WritePropertyName(name);
                    if (!Write(writer, value!, limit, withoutNulls))
                    {
                        return false;
                    }
                }

                writer.WriteEndObject();
                break;
            case JArray entries:
                writer.WriteStartArray();
                foreach (var entry in entries)
                {
                    if (!Write(writer, entry, limit, withoutNulls))
                    {
                        return false;
                    }
                }

                writer.WriteEndArray();
                break;
            default:
                WriteValue(writer, (JValue)token);
                break;
        }

        return writer.BytesCommitted + writer.BytesPending <= limit;
    }

    private void WriteValue(Utf8JsonWriter writer, JValue value)
    {
        if (DigitsOf(value) is { } digits)
        {
            writer.WriteRawValue(digits);
        }
        else if (value.Value is bool flag)
        {
            writer.WriteBooleanValue(flag);
        }
        else if (value.Value is null)
        {
            writer.WriteNullValue();
        }
        else if (value.Type is JTokenType.Integer or JTokenType.Float)
        {
            WriteComputed(writer, Convert.ToDouble(value.Value, CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WriteStringValue(Convert.ToString(value.Value, CultureInfo.InvariantCulture));
        }
    }

    private static void WriteComputed(Utf8JsonWriter writer, double number)
    {
        if (Math.Floor(number) == number && Math.Abs(number) < MaxExact)
        {
            writer.WriteNumberValue((long)number);
        }
        else
        {
            writer.WriteNumberValue(number);
        }
    }
}
