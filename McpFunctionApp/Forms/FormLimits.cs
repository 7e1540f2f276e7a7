namespace McpFunctionApp.Forms;

/// <summary>How large a tool may become: the <c>Schemas</c> settings that shape what is made of a form.</summary>
/// <param name="MaxOptions">A field with more options is offered as plain text, and still checked against all of them.</param>
/// <param name="MaxEnumValues">The options that one tool lists, all its fields together: the longest lists go first.</param>
/// <param name="MaxFields">More fields than this are left out of a tool, optional ones first.</param>
/// <param name="MaxSchemaBytes">The limit of one tool's JSON Schema in UTF-8.</param>
public sealed record FormLimits(int MaxOptions, int MaxEnumValues, int MaxFields, int MaxSchemaBytes);
