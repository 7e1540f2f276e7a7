using System.Collections.Immutable;

namespace McpFunctionApp.Forms;

/// <summary>A form as its source said it: the fields that could be read, and the faults of those that could not.</summary>
public sealed record FormAnswer(ImmutableArray<FormField> Fields, ImmutableArray<FieldFault> Faults)
{
    /// <summary>What is submitted without being asked for.</summary>
    public ImmutableArray<FixedValue> Fixed { get; init; } = [];
}
