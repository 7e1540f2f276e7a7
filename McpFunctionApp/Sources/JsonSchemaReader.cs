using System.Collections.Immutable;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Sources;

/// <summary>
/// Reads a JSON Schema (2020-12 or draft 7) with <c>properties</c> as a form. Objects within it are flattened; a field
/// that a parameter cannot express is left out with a warning. What is kept takes no value that the schema refuses.
/// </summary>
internal sealed class JsonSchemaReader
{
    private const int MaxDepth = 16;

    private readonly FormNotes _notes;
    private readonly List<FormField> _fields = [];
    private readonly List<FixedValue> _fixed = [];
    private readonly ImmutableArray<FieldFault>.Builder _faults = ImmutableArray.CreateBuilder<FieldFault>();

    private JsonSchemaReader(FormNotes notes) => _notes = notes;

    public static bool IsSchema(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && (
            IsObject(root, "properties")
            || (
                root.TryGetProperty("$schema", out _)
                && (root.TryGetProperty("$ref", out _) || root.TryGetProperty("allOf", out _))
            )
        );

    /// <returns>The form, or null and what was wrong with the schema.</returns>
    public static FormAnswer? Read(JsonElement root, FormNotes notes, out string problem)
    {
        try
        {
            var reader = new JsonSchemaReader(notes);
            var node = new SchemaNode(new SchemaDocument(root), [root]);
            if (node.Problem is { } whole)
            {
                notes.Warn($"the schema {whole}, which is not checked here");
            }

            reader.AddMembers(node, new Place([], "", 0, node.References.Add("#") ? [.. node.References] : []));
            reader.LeaveOutWhatCannotBeWhole();
            problem = reader._fields.Count == 0 && reader._faults.Count > 0 ? "none of its properties can be read" : "";
            return problem.Length > 0
                ? null
                : new FormAnswer([.. reader._fields], reader._faults.ToImmutable()) { Fixed = [.. reader._fixed] };
        }
        catch (FormatException e)
        {
            problem = $"the schema {e.Message}";
            return null;
        }
    }

    private static bool IsObject(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object;

    private void AddMembers(SchemaNode node, Place place)
    {
        foreach (var (name, schemas) in node.Properties)
        {
            if (
                schemas.Exists(schema =>
                    schema.ValueKind is not (JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False)
                )
            )
            {
                _faults.Add(new FieldFault(name, node.Required.Contains(name), "is no schema"));
            }
            else if (node.Allows(name))
            {
                AddMember(node.Read(schemas), name, node.Required.Contains(name), place);
            }
        }

        // Any value will do for what is required and not described.
        foreach (var name in node.Required.Where(name => !node.Properties.ContainsKey(name) || !node.Allows(name)))
        {
            AddField(node.Read(), name, true, place, node.Allows(name) ? null : "is required and forbidden");
        }
    }

    private void AddMember(SchemaNode member, string name, bool required, Place place)
    {
        if (!IsNested(member))
        {
            AddValue(member, name, required, place);
        }
        else if (member.References.Overlaps(place.References) || place.Path.Length >= MaxDepth)
        {
            AddField(member, name, required, place, "refers to itself");
        }
        else
        {
            AddObject(member, name, required, place);
        }
    }

    private void AddValue(SchemaNode member, string name, bool required, Place place)
    {
        if (required && OnlyValue(member) is { } value)
        {
            _fixed.Add(new FixedValue(place.Path.Add(name), place.Under, value));
        }
        else
        {
            AddField(member, name, required, place, null);
        }
    }

    private void AddObject(SchemaNode node, string name, bool required, Place place)
    {
        if (node.Flag("readOnly") || node.Flag("writeOnly"))
        {
            AddField(node, name, required, place, null);
            return;
        }

        var path = place.Path.Add(name);
        if (required)
        {
            _fixed.Add(new FixedValue(path, place.Under, "{}"));
        }

        AddMembers(
            node,
            new Place(
                path,
                SchemaField.Name(node, name, place.Name),
                required ? place.Under : path.Length,
                [.. place.References, .. node.References]
            )
        );
    }

    private void AddField(SchemaNode member, string name, bool required, Place place, string? problem) =>
        _fields.Add(
            SchemaField.Of(member, place.Path.Add(name), place.Name, problem, _notes) with
            {
                Required = required,
                RequiredUnder = place.Under,
            }
        );

    private static bool IsNested(SchemaNode member) =>
        member.Properties.Count > 0
        && member.Problem is null
        && member.Types?.Contains("object") != false
        && member.Values is null
        && member.Alternatives.Count == 0;

    /// <summary>What must be sent as it is, and so need not be asked for. A consent is asked for.</summary>
    private static string? OnlyValue(SchemaNode member) =>
        member is { Problem: null, Values: [var only] }
        && only.ValueKind is not (JsonValueKind.True or JsonValueKind.False)
        && !member.Flag("readOnly")
        && !member.Flag("writeOnly")
        && SchemaValues.Accepts(member, only)
            ? only.GetRawText()
            : null;

    /// <summary>An object that may be left out, and requires what cannot be given, is left out as a whole.</summary>
    private void LeaveOutWhatCannotBeWhole()
    {
        var blocked = _fields
            .Where(field =>
                field is { Required: true, RequiredUnder: > 0, Offer: FieldOffer.Secret or FieldOffer.NotHere }
                && field.Default.ValueKind == JsonValueKind.Undefined
            )
            .Select(field => field.Path[..field.RequiredUnder])
            .ToList();
        if (blocked.Count == 0)
        {
            return;
        }

        bool IsBlocked(ImmutableArray<string> path) => blocked.Exists(prefix => path.AsSpan().StartsWith(prefix.AsSpan()));
        for (var place = 0; place < _fields.Count; place++)
        {
            if (IsBlocked(_fields[place].Path))
            {
                _fields[place] = _fields[place] with { Offer = FieldOffer.NotHere, Required = false };
            }
        }

        _fixed.RemoveAll(value => IsBlocked(value.Path));
    }

    /// <summary>An object of the schema whose members are read.</summary>
    /// <param name="Name">What people call it; empty at the root.</param>
    /// <param name="Under">How many of the path's first names must have a value for its members to be there; 0: they always
    /// are.</param>
    /// <param name="References">All that were followed on the way to it.</param>
    private sealed record Place(ImmutableArray<string> Path, string Name, int Under, HashSet<string> References);
}
