using System.Collections.Immutable;

namespace McpFunctionApp.Forms;

/// <summary>A form as the API answered it: the fields that could be read, and the faults of those that could not.</summary>
public sealed record FormAnswer(ImmutableArray<FormField> Fields, ImmutableArray<FieldFault> Faults);
