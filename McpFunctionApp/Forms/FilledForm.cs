using System.Collections.Immutable;
using System.Runtime.InteropServices;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Forms;

/// <summary>A form as a caller has filled it in: what a submission and its receipt are written from.</summary>
/// <param name="Values">In the form's order; a parameter that was left out and has no default is not among them.</param>
public sealed record FilledForm(FormSchema Schema, ImmutableArray<FilledValue> Values)
{
    /// <summary>An object of the values by parameter, options by their labels, as the tool's schema lists them: in UTF-8, on
    /// one line.</summary>
    public ReadOnlyMemory<byte> ToUtf8() =>
        CompactJson.Write(Write, 512 + Values.Sum(value => value.Property.Key.Length + SizeOf(value.Value)));

    /// <inheritdoc cref="ToUtf8"/>
    public JsonElement ToJson() => JsonElement.Parse(ToUtf8().Span);

    // With what goes around a value.
    private static int SizeOf(JsonElement value) => JsonMarshal.GetRawUtf8Value(value).Length + 4;

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var value in Values)
        {
            writer.WritePropertyName(value.Property.Key);
            value.Value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}

/// <summary>One parameter's value after it was read.</summary>
/// <param name="Value">As the tool's schema lists it: a text, a number, true or false, an option's label, or an array of
/// these.</param>
/// <param name="Chosen">The options that it stands for; empty where the parameter has none.</param>
public sealed record FilledValue(FormProperty Property, JsonElement Value, ImmutableArray<FormOption> Chosen)
{
    /// <summary>Whether the caller gave none, and this is the form's default.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Whether the form would be sent the same for both.</summary>
    public bool IsSubmittedAs(FilledValue other) =>
        Chosen.IsEmpty && other.Chosen.IsEmpty
            ? JsonElement.DeepEquals(Value, other.Value)
            : Chosen
                .Select(option => option.ValueJson)
                .SequenceEqual(other.Chosen.Select(option => option.ValueJson), StringComparer.Ordinal);
}
