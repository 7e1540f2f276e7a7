using System.Collections.Immutable;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Sources;

/// <summary>Reads one entry of a <c>fieldList</c>. Throws <see cref="FormatException"/> with the problem in its message.</summary>
internal static class FieldReader
{
    public static FormField Read(JsonElement field)
    {
        if (field.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("is not an object");
        }

        var paramName = Text(field, "paramName");
        var name = Text(field, "name");
        if (paramName.Length == 0 && name.Length == 0)
        {
            throw new FormatException("has neither 'paramName' nor 'name'");
        }

        // The key is kept as it is, white space included: the form knows the field by it.
        return new FormField(
            name.Length > 0 ? name : paramName,
            field.GetProperty(paramName.Length > 0 ? "paramName" : "name").GetString()!,
            paramName.Length > 0,
            Text(field, "type"),
            Flag(field, "required") || Flag(field, "requesterRequired"),
            Text(field, "description"),
            GroupIds(field),
            IsOffered(field),
            OptionReader.Read(field),
            field.TryGetProperty("defaultValue", out var value) && value.ValueKind != JsonValueKind.Null ? value.Clone() : default,
            Limit(field, "minLength"),
            Limit(field, "maxLength"));
    }

    public static int CountOptions(JsonElement field) =>
        field.ValueKind == JsonValueKind.Object && field.TryGetProperty("options", out var options) && options.ValueKind == JsonValueKind.Array
            ? options.GetArrayLength()
            : 0;

    /// <summary>
    /// Describes a field that could not be read. It counts as required, and so is named to the caller, only where it is
    /// certain that the caller may see it.
    /// </summary>
    public static FieldFault Fault(JsonElement field, int place, string problem)
    {
        if (field.ValueKind != JsonValueKind.Object)
        {
            return new FieldFault($"field {place + 1}", false, problem);
        }

        var isOffered = Try(() => IsOffered(field) && GroupIds(field).IsEmpty, false);
        var required = Try(() => Flag(field, "required") || Flag(field, "requesterRequired"), false);
        var name = Try(() => Text(field, "name"), "");
        name = FieldText.Plain(name.Length > 0 ? name : Try(() => Text(field, "paramName"), ""));
        return new FieldFault(name.Length > 0 ? Quotable.Shorten(name, 64) : $"field {place + 1}", required && isOffered, problem);
    }

    private static bool IsOffered(JsonElement field) =>
        !Flag(field, "hidden") && !Flag(field, "removed") && !Flag(field, "inActive")
        && (!Flag(field, "requesterViewOnly") || Flag(field, "requesterCanEdit"));

    private static ImmutableArray<string> GroupIds(JsonElement field)
    {
        if (!field.TryGetProperty("groupIds", out var groups) || groups.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        // A restriction that cannot be read must not become no restriction.
        return groups.ValueKind == JsonValueKind.Array
            ? [.. groups.EnumerateArray().Select(g => ScalarText.Of(g) ?? throw new FormatException("has a group id that is no text or number"))]
            : throw new FormatException("has 'groupIds' that are no array");
    }

    private static double? Limit(JsonElement field, string name) =>
        field.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var limit) && limit > 0 && double.IsFinite(limit)
            ? limit
            : null;

    private static bool Flag(JsonElement field, string name) =>
        field.TryGetProperty(name, out var value) && value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False or JsonValueKind.Null => false,
            JsonValueKind.String when bool.TryParse(value.GetString(), out var flag) => flag,
            _ => throw new FormatException($"has a '{name}' that is neither true nor false"),
        };

    private static string Text(JsonElement field, string name) =>
        !field.TryGetProperty(name, out var value) ? "" : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Trim(),
            JsonValueKind.Null => "",
            _ => throw new FormatException($"has a '{name}' that is no text"),
        };

    private static T Try<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            return otherwise;
        }
    }
}
