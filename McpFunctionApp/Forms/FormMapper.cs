using System.Collections.Immutable;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Forms;

/// <summary>
/// Maps a form to a caller's parameters: leaves out what the caller may not use, and what does not fit the limits.
/// Pure: the same form, groups and limits give the same result.
/// </summary>
public static class FormMapper
{
    // How many missing fields are named: a description is read by a model, and costs it tokens.
    private const int MaxNamed = 10;

    /// <param name="groups">The caller's groups; null where they are not known, so that no field is left out for them.</param>
    public static FormSchema Map(FormAnswer form, ImmutableArray<string>? groups, FormLimits limits, MappingNotes notes)
    {
        foreach (var fault in form.Faults)
        {
            notes.Warn($"field '{fault.Name}' {fault.Problem} and is left out");
        }

        var known = groups?.ToHashSet(StringComparer.Ordinal);
        var keys = new PropertyKeys();
        var usable = form.Fields
            .Where(field => IsUsable(field, known, notes))
            .Select(field => FieldMapper.Map(field, keys.Next(field), limits, notes))
            .ToImmutableArray();
        var kept = WithinLimits(usable, limits);
        var missing = usable.Except(kept, ReferenceEqualityComparer.Instance).Cast<FormProperty>().ToList();
        if (missing.Count > 0)
        {
            notes.Warn($"{missing.Count} of {usable.Length} fields are left out, because the tool would exceed Schemas:MaxFields ({limits.MaxFields}) or Schemas:MaxSchemaBytes ({limits.MaxSchemaBytes})");
        }

        return new FormSchema(kept, JsonSchemaWriter.Write(kept), Note(form, missing));
    }

    private static bool IsUsable(FormField field, HashSet<string>? groups, MappingNotes notes)
    {
        var restricted = field.GroupIds.Length > 0 && groups is not null && !field.GroupIds.Any(groups.Contains);
        if (!field.IsOffered || restricted)
        {
            notes.Detail(field, restricted ? "left out, it is for other groups" : "left out, it is hidden, removed, inactive or view-only");
        }

        return field.IsOffered && !restricted;
    }

    private static ImmutableArray<FormProperty> WithinLimits(ImmutableArray<FormProperty> usable, FormLimits limits)
    {
        var sizes = usable.Select(JsonSchemaWriter.Measure).ToArray();
        var count = usable.Length;
        var bytes = JsonSchemaWriter.Frame + sizes.Sum(size => (long)size);
        var left = new bool[usable.Length];

        // Optional fields go first, from the last; only a form whose required fields alone are too much loses those.
        foreach (var required in (bool[])[false, true])
        {
            for (var i = usable.Length - 1; i >= 0 && (count > limits.MaxFields || bytes > limits.MaxSchemaBytes); i--)
            {
                if (usable[i].Required == required)
                {
                    left[i] = true;
                    count--;
                    bytes -= sizes[i];
                }
            }
        }

        return [.. usable.Where((_, i) => !left[i])];
    }

    private static string Note(FormAnswer form, List<FormProperty> missing)
    {
        var required = form.Faults.Where(f => f.Required).Select(f => f.Name)
            .Concat(missing.Where(p => p.Required).Select(p => p.Key)).ToList();
        var optional = missing.Where(p => !p.Required).Select(p => p.Key).ToList();
        return string.Join(' ', new[]
        {
            required.Count == 0 ? "" : $"The form also requires what cannot be offered here: {Named(required)}; it may refuse a request without it.",
            optional.Count == 0 ? "" : $"The form is too large: {optional.Count} optional fields are not offered here ({Named(optional)}).",
        }.Where(sentence => sentence.Length > 0));
    }

    private static string Named(List<string> names) =>
        string.Join(", ", names.Take(MaxNamed).Select(name => Quotable.Shorten(name, 64))) + (names.Count > MaxNamed ? ", …" : "");
}
