using System.Collections.Immutable;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Sources;

/// <summary>Reads one member of a JSON Schema that holds a value, and no members of its own, as a field.</summary>
internal static class SchemaField
{
    private static readonly string[] s_typesInOrder = ["string", "number", "integer", "boolean", "array"];

    private static readonly string[] s_numeric = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];

    /// <param name="parent">What people call the object that it stands in; empty at the root.</param>
    /// <param name="problem">Why it cannot be offered, where that is known already.</param>
    public static FormField Of(SchemaNode node, ImmutableArray<string> path, string parent, string? problem, FormNotes notes)
    {
        var field = new FormField(string.Join('.', path), Name(node, path[^1], parent), PropertyKind.Text)
        {
            Path = path,
            Param = string.Join('_', path),
            Description = Description(node),
            Default = node["default"].ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
                ? default
                : node["default"].Clone(),
        };
        if (node.Flag("readOnly"))
        {
            return field with { Offer = FieldOffer.Hidden };
        }

        if (node.Flag("writeOnly") || node.Text("format") == "password")
        {
            return field with { Offer = FieldOffer.Secret };
        }

        var read = problem is null ? Read(field, node, out problem) : field;
        if (problem is not null)
        {
            notes.Warn(field.Name, problem);
        }

        return problem is null ? read : field with { Offer = FieldOffer.NotHere };
    }

    public static string Name(SchemaNode node, string name, string parent)
    {
        var own =
            node.Text("title") is { Length: > 0 } title ? title
            : name.Length > 0 ? name
            : "field";
        return parent.Length == 0 ? own : $"{parent}: {own}";
    }

    private static FormField Read(FormField field, SchemaNode node, out string? problem)
    {
        problem = node.Problem;
        if (problem is not null)
        {
            return field;
        }

        if (SchemaValues.Read(node) is { } options)
        {
            problem = options.IsEmpty ? "has no value that can be listed" : null;
            return SchemaValues.AreTruth(options)
                ? field with
                {
                    Kind = PropertyKind.Boolean,
                }
                : field with
                {
                    Kind = PropertyKind.Choice,
                    Options = options,
                };
        }

        if (node.Alternatives.Count > 0)
        {
            return ReadAlternative(field, node, out problem);
        }

        return ReadType(field, node, out problem);
    }

    private static FormField ReadType(FormField field, SchemaNode node, out string? problem)
    {
        var type = node.Types is { } types ? s_typesInOrder.FirstOrDefault(types.Contains) : Guess(node);
        problem = null;
        switch (type)
        {
            case "string":
                return SchemaText.Read(field, node, out problem);
            case "number" or "integer":
                return SchemaNumber.Read(field, node, type == "integer", out problem);
            case "boolean":
                return field with { Kind = PropertyKind.Boolean };
            case "array":
                return ReadArray(field, node, out problem);
            default:
                problem = "is of a type that no parameter can express";
                return field;
        }
    }

    // Where any type will do, the one that the other keywords speak of; else a text.
    private static string Guess(SchemaNode node) =>
        node["items"].ValueKind != JsonValueKind.Undefined ? "array"
        : node.Properties.Count > 0 ? "object"
        : s_numeric.Any(keyword => node.Limit(keyword) is not null) ? "number"
        : node["multipleOf"].ValueKind != JsonValueKind.Undefined ? "number"
        : "string";

    private static FormField ReadArray(FormField field, SchemaNode node, out string? problem)
    {
        var items = node["items"].ValueKind == JsonValueKind.Undefined ? node.Read() : node.Read(node["items"]);
        var choices = field with { Kind = PropertyKind.Choices, Min = node.Limit("minItems"), Max = node.Limit("maxItems") };
        var options = items.Problem is null ? SchemaValues.Read(items) : null;
        var isText =
            items.Problem is null
            && options is null
            && (items.Types?.Contains("string") ?? Guess(items) == "string")
            && SchemaText.IsAny(items);
        problem =
            choices.Max < 1 || choices.Min > choices.Max ? "takes no entries"
            : options is { IsEmpty: true } || (options is { } some && choices.Min > some.Length)
                ? "has no values that can be listed"
            : options is null && !isText ? "is a list of what no parameter can express"
            : null;
        return choices with { Options = options ?? [] };
    }

    /// <summary>The first of several alternatives that a parameter can express; of those that exclude each other only one that
    /// does so by its type.</summary>
    private static FormField ReadAlternative(FormField field, SchemaNode node, out string? problem)
    {
        foreach (var (keyword, schemas) in node.Alternatives)
        {
            var all = schemas.ConvertAll(schema => node.With(schema, keyword));
            foreach (
                var one in all.Where(one => keyword == "anyOf" || all.TrueForAll(other => other == one || Exclude(one, other)))
            )
            {
                var read = Read(field, one, out problem);
                if (problem is null)
                {
                    return read;
                }
            }
        }

        problem = "has alternatives that no parameter can express";
        return field;
    }

    private static bool Exclude(SchemaNode one, SchemaNode other) =>
        one.Types is { } types
        && other.Types is { } others
        && !types.Overlaps(others)
        && !(types.Contains("number") && others.Contains("integer"))
        && !(types.Contains("integer") && others.Contains("number"));

    private static string Description(SchemaNode node)
    {
        var form = node.Text("format") switch
        {
            "email" or "idn-email" => "(an email address)",
            "uri" or "iri" or "url" => "(a web address)",
            "time" => "(a time such as 14:30:00Z)",
            "uuid" => "(a UUID)",
            _ => "",
        };
        return $"{node.Text("description")} {form}".Trim();
    }
}
