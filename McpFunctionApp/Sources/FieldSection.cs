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
        var flags = s_marks.Select(mark => (Mark: mark, IsSet: members.Flag(mark))).ToList();
        var groups = members.Groups();
        var problem = flags.FirstOrDefault(flag => flag.IsSet is null).Mark is { } mark ? $"has a '{mark}' that is neither true nor false"
            : groups is null ? "has 'groupIds' that are no list of texts or numbers"
            : null;
        return new FieldSection(problem is not null || flags.Any(flag => flag.IsSet == true), groups ?? [], problem);
    }

    /// <summary>Whether an entry takes no value, and only stands over others.</summary>
    public static bool IsSection(FieldMembers members) =>
        members.Text("type") == "SectionRest"
        || (members.Text("type") == "DisplayFieldRest" && members.Text("subType").ToUpperInvariant() is "SECTION" or "LABEL");
}
