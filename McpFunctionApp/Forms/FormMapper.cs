using System.Collections.Immutable;
using McpFunctionApp.Replies;
using McpFunctionApp.Texts;

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
    public static FormSchema Map(FormAnswer form, ImmutableArray<string>? groups, FormLimits limits, FormNotes notes)
    {
        foreach (var fault in form.Faults)
        {
            notes.Warn($"field '{fault.Name}' {fault.Problem} and is left out");
        }

        var membership = new Membership(groups);
        var visible = form.Fields.Where(field => IsVisible(field, membership, notes)).ToList();
        var obstacles = visible.Where(IsObstacle).Select(field => field.Name).ToList();
        if (obstacles.Count > 0)
        {
            notes.Warn($"it requires what cannot be filled in here: {Named(obstacles)}");
            return new FormSchema([], "", [], Named(obstacles));
        }

        var keys = new PropertyKeys();
        var usable = visible
            .Where(field => IsOffered(field, notes))
            .Select(field => new MappedField(field, FieldMapper.Map(field, keys.Next(field), limits, notes)))
            .ToImmutableArray();
        var kept = ToolSize.Fit(usable, limits);
        var missing = usable
            .ExceptBy(kept.Select(property => property.Key), field => field.Property.Key)
            .Select(field => field.Property)
            .ToList();
        if (missing.Count > 0)
        {
            notes.Warn(
                $"{missing.Count} of {usable.Length} fields are left out, because the tool would exceed "
                    + $"Schemas:MaxFields ({limits.MaxFields}) or Schemas:MaxSchemaBytes ({limits.MaxSchemaBytes})"
            );
        }

        return new FormSchema(kept, Note(form, missing), Fixed(form, visible), null);
    }

    private static bool IsVisible(FormField field, Membership membership, FormNotes notes)
    {
        var restricted = !field.Groups.All(membership.Fits);
        if (field.Offer == FieldOffer.Hidden || restricted)
        {
            notes.Detail(
                field.Name,
                restricted ? "left out, it is for other groups" : "left out, it is hidden, removed, inactive or view-only"
            );
            return false;
        }

        return true;
    }

    private static bool IsObstacle(FormField field) =>
        field.Offer is FieldOffer.Secret or FieldOffer.NotHere
        && field.Required
        && field.RequiredUnder == 0
        && !HasDefault(field);

    private static bool HasDefault(FormField field) =>
        field.Default.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    private static bool IsOffered(FormField field, FormNotes notes)
    {
        if (field.Offer == FieldOffer.Offered || (field.Offer == FieldOffer.ById && field.Required && !HasDefault(field)))
        {
            return true;
        }

        notes.Warn(
            field.Name,
            field.Offer == FieldOffer.Secret
                ? "is a secret, which no tool may ask for, and is left out"
                : "cannot be offered here and is left out"
        );
        return false;
    }

    /// <summary>With the defaults of required fields that nobody can be asked for; a secret's is nobody's to send.</summary>
    private static ImmutableArray<FixedValue> Fixed(FormAnswer form, List<FormField> visible) =>
        [
            .. form.Fixed,
            .. visible
                .Where(field => field.Offer is FieldOffer.NotHere or FieldOffer.ById && field.Required && HasDefault(field))
                .Select(field => new FixedValue(field.Path, field.RequiredUnder, field.Default.GetRawText())),
        ];

    private static string Note(FormAnswer form, List<FormProperty> missing)
    {
        var required = form
            .Faults.Where(f => f.Required)
            .Select(f => f.Name)
            .Concat(missing.Where(p => p.Required).Select(p => p.Key))
            .ToList();
        var optional = missing.Where(p => !p.Required).Select(p => p.Key).ToList();
        return string.Join(
            ' ',
            new[]
            {
                required.Count == 0
                    ? ""
                    : $"The form also requires what cannot be offered here: {Named(required)}; it may refuse a request "
                        + $"without it.",
                optional.Count == 0
                    ? ""
                    : $"The form is too large: {optional.Count} optional fields are not offered here ({Named(optional)}).",
            }.Where(sentence => sentence.Length > 0)
        );
    }

    private static string Named(List<string> names) =>
        string.Join(", ", names.Take(MaxNamed).Select(name => Quotable.Shorten(HtmlText.Strip(name), 64)))
        + (names.Count > MaxNamed ? ", …" : "");
}
