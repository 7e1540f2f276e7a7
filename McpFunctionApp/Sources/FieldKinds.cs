using System.Collections.Immutable;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Sources;

/// <summary>What an entry of a field list holds, by its <c>type</c>; where it has options, it is one of them whatever its
/// type.</summary>
internal static class FieldKinds
{
    public static PropertyKind Of(FieldMembers members, ImmutableArray<FieldOption> options)
    {
        var attributes = members["attributes"].ValueKind == JsonValueKind.Object ? new FieldMembers(members["attributes"]) : null;
        return members.Text("type") switch
        {
            "MultiSelectDropDownFieldRest" or "CheckBoxFieldRest" => PropertyKind.Choices,
            "BooleanFieldRest" when options.IsEmpty || TruthOptions.Of(options).Length == 2 => PropertyKind.Boolean,
            "DependentFieldRest" when !options.IsEmpty => PropertyKind.Cascade,
            _ when !options.IsEmpty => OptionReader.OfFieldList.HaveChildren(members["options"])
                ? PropertyKind.Cascade
                : PropertyKind.Choice,
            "NumberFieldRest" => IsWhole(attributes) ? PropertyKind.Integer : PropertyKind.Number,
            "DateFieldRest" => attributes?.Flag("allowTime") == true ? PropertyKind.DateTime : PropertyKind.Date,
            _ => PropertyKind.Text,
        };
    }

    /// <summary>A password, or a field that its form marks as one whose value is not shown.</summary>
    public static bool IsSecret(FieldMembers members) =>
        members.Text("type") == "PasswordFieldRest"
        || members.Text("format") == "password"
        || members.Flag("secret") == true
        || members.Flag("masked") == true
        || members.Flag("writeOnly") == true;

    private static bool IsWhole(FieldMembers? attributes) =>
        attributes?["allowDecimal"].ValueKind is not (null or JsonValueKind.Undefined or JsonValueKind.Null)
        && attributes.Flag("allowDecimal") == false;
}
