namespace McpFunctionApp.Settings;

/// <summary>A value of a list or of a section whose names are free.</summary>
/// <param name="Name">Within the section that was asked, such as <c>AllowedOrigins:0</c>.</param>
public sealed record NamedValue(string Name, string Value);
