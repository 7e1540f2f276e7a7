using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Lookups;

/// <summary>The fields of one or several forms whose options are not all listed, by the names under which they are looked
/// up.</summary>
public sealed class LongFields
{
    private readonly ConditionalWeakTable<LongFields, LongFields> _with = [];
    private readonly ImmutableArray<LongField> _fields;

    private LongFields(ImmutableArray<LongField> fields, bool isOfSeveral)
    {
        _fields = fields;
        Names = [.. fields.Select(entry => isOfSeveral ? $"{entry.Tool}.{entry.Field.Key}" : entry.Field.Key)];
    }

    /// <summary>A field's key; with its tool before it (<c>tool.field</c>) where several forms have such fields.</summary>
    public ImmutableArray<string> Names { get; }

    /// <returns>Null where the form has none.</returns>
    public static LongFields? Of(string tool, FormSchema schema)
    {
        var fields = schema.Properties.Where(IsLong).Select(property => new LongField(tool, property)).ToImmutableArray();
        return fields.IsEmpty ? null : new LongFields(fields, isOfSeveral: false);
    }

    /// <summary>These and another form's, made once for all callers who have both.</summary>
    public LongFields With(LongFields other) =>
        _with.GetValue(other, more => new LongFields([.. _fields, .. more._fields], isOfSeveral: true));

    /// <param name="name">One of <see cref="Names"/>.</param>
    public FormProperty Find(string name) => _fields[Names.IndexOf(name)].Field;

    private static bool IsLong(FormProperty property) => !property.Options.IsEmpty && !property.ListsOptions;

    private sealed record LongField(string Tool, FormProperty Field);
}
