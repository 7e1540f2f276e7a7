using McpFunctionApp.Forms;
using McpFunctionApp.Replies;
using McpFunctionApp.Texts;

namespace McpFunctionApp.Sources;

/// <summary>
/// Reads one entry of a <c>fieldList</c> that takes a value. One odd member never takes a field away, but for those that
/// say who may see it. Throws <see cref="FormatException"/> with the problem in its message.
/// </summary>
internal static class FieldReader
{
    /// <param name="sections">What the field stands in: it goes with them.</param>
    public static FormField Read(FieldMembers members, IReadOnlyList<FieldSection> sections, FormNotes notes)
    {
        var paramName = members.Key("paramName");
        var name = members.Key("name") is { Length: > 0 } key ? key : members.Text("name");
        if (paramName.Length == 0 && name.Length == 0)
        {
            throw new FormatException("has neither 'paramName' nor 'name'");
        }

        // The key is kept as it is, white space included: the form knows the field by it.
        var shown = members.Text("name") is { Length: > 0 } text ? text : paramName;
        var options = OptionReader.OfFieldList.Read(members["options"]);
        var kind = FieldKinds.Of(members, options);
        return new FormField(paramName.Length > 0 ? paramName : name, shown, kind)
        {
            Param = paramName.Length > 0 ? paramName : null,
            Offer = Offer(members, sections, shown, notes),
            Required = IsRequired(members, shown, notes),
            Description = members.Text("description"),
            Groups = [members.Groups() ?? [], .. sections.Select(section => section.Groups)],
            Options = kind == PropertyKind.Boolean ? TruthOptions.Of(options) : options,
            Default = members["defaultValue"].ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
                ? default
                : members["defaultValue"].Clone(),
            Min = HasLimits(kind) ? members.Limit("minLength") : null,
            Max = HasLimits(kind) ? members.Limit("maxLength") : null,
        };
    }

    /// <summary>Describes a field that could not be read. It is named to the caller only where it is certain that the caller may
    /// see it.</summary>
    public static FieldFault Fault(FieldMembers? members, IReadOnlyList<FieldSection> sections, int place, string problem)
    {
        var name = HtmlText.Strip(members?.Text("name") is { Length: > 0 } own ? own : members?.Text("paramName") ?? "");
        var isSeen =
            members is not null
            && sections.Count == 0
            && !IsViewOnly(members)
            && FieldSection.Of(members) is { IsHidden: false, Groups.IsEmpty: true };
        var required = isSeen && (members!.Flag("required") == true || members.Flag("requesterRequired") == true);
        return new FieldFault(name.Length > 0 ? Quotable.Shorten(name, 64) : $"field {place + 1}", required, problem);
    }

    private static FieldOffer Offer(FieldMembers members, IReadOnlyList<FieldSection> sections, string name, FormNotes notes)
    {
        var own = FieldSection.Of(members);
        if (sections.Append(own).FirstOrDefault(each => each.Problem is not null)?.Problem is { } problem)
        {
            notes.Warn(name, $"{problem}, so that it is not known who may see it, and is left out");
        }

        return own.IsHidden || IsViewOnly(members) || sections.Any(section => section.IsHidden) ? FieldOffer.Hidden
            : FieldKinds.IsSecret(members) ? FieldOffer.Secret
            : FieldOffer.Offered;
    }

    private static bool IsRequired(FieldMembers members, string name, FormNotes notes)
    {
        var (own, requester) = (members.Flag("required"), members.Flag("requesterRequired"));
        if (own is null || requester is null)
        {
            notes.Detail(name, "whether it is required cannot be read: taken for required");
        }

        return own != false || requester != false;
    }

    private static bool IsViewOnly(FieldMembers members) =>
        members.Flag("requesterViewOnly") == true && members.Flag("requesterCanEdit") != true;

    private static bool HasLimits(PropertyKind kind) => kind is PropertyKind.Text or PropertyKind.Number or PropertyKind.Integer;
}
