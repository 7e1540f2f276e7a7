using System.Buffers;
using System.Text.RegularExpressions;
using McpFunctionApp.Forms;
using McpFunctionApp.Texts;

namespace McpFunctionApp.Arguments;

/// <summary>One parameter with what reading its values needs; made once for all calls.</summary>
internal sealed class Parameter(FormProperty property, OptionLookups lookups)
{
    private OptionLookup? _options;

    public FormProperty Property => property;

    /// <summary>A field with a default is never required: the default is what is submitted where it is left out.</summary>
    public bool IsRequired => property.Required && Default is null;

    /// <summary>Null where the form has none, or one that the parameter would refuse.</summary>
    public FilledValue? Default { get; } = property.Default is { } given ? ReadDefault(property, given, lookups) : null;

    /// <summary>Null where the form has none, and for one that cannot be checked here: the form's own system looks at the value
    /// again.</summary>
    public Regex? Pattern { get; } = property.Pattern is { } pattern ? TextPattern.Create(pattern) : null;

    public OptionLookup Options => _options ??= lookups.Of(property.Options);

    private static FilledValue? ReadDefault(FormProperty property, PropertyDefault given, OptionLookups lookups)
    {
        var read = ValueReader.Read(
            new Parameter(property with { Default = null }, lookups),
            ToJson(property, given),
            new ArgumentProblems()
        );
        return read.Value is { } value ? value with { Property = property, IsDefault = true } : null;
    }

    private static JsonElement ToJson(FormProperty property, PropertyDefault given)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            if (property.Kind == PropertyKind.Choices)
            {
                JsonValues.Write(writer, given.Labels);
            }
            else if (given.Number is { } number)
            {
                writer.WriteNumberValue(number);
            }
            else
            {
                writer.WriteStringValue(given.Text);
            }
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
