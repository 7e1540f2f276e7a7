using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Catalog;

/// <summary>What one form comes to for one caller.</summary>
/// <param name="Schema">Null with a fallback, and only then.</param>
/// <param name="ExpiresAt">Until when this is right.</param>
public sealed record ResolvedForm(FormOptions Form, FormSchema? Schema, ToolFallback? Fallback, DateTimeOffset ExpiresAt);
