using System.Collections.Immutable;

namespace McpFunctionApp.Sources;

/// <summary>Who may see a section of a field list, or a field: what stands in a section goes with it.</summary>
/// <param name="Problem">What cannot be read of it; it is hidden then. Null where all can.</param>
internal sealed record FieldSection(bool IsHidden, ImmutableArray<string> Groups, string? Problem)
{
    /// <summary>What stands in more sections than anybody would write.</summary>
    public static FieldSection TooDeep { get; } = new(true, [], "stands in too many sections");

    private static readonly string[] s_marks = ["hidden", "removed", "inActive"];

    public static FieldSection Of(FieldMembers members)
    {
        var isHidden = false;
        foreach (var mark in s_marks)
        {
            if (members.Flag(mark) is not { } isSet)
            {
                return new FieldSection(true, [], $"has a '{mark}' that is neither true nor false");
            }

            isHidden |= isSet;
        }

        return members.Groups() is { } groups
            ? new FieldSection(isHidden, groups, null)
            : new FieldSection(true, [], "has 'groupIds' that are no list of texts or numbers");
    }

    /// <summary>Whether an entry takes no value, and only stands over others.</summary>
    public static bool IsSection(FieldMembers members) =>
        members.Text("type") == "SectionRest"
        || (members.Text("type") == "DisplayFieldRest" && members.Text("subType").ToUpperInvariant() is "SECTION" or "LABEL");
}
