using McpFunctionApp.FormApi;

namespace McpFunctionApp.Schemas;

/// <summary>The forms that are kept for callers, and for how long at the most.</summary>
/// <param name="All">As they are configured.</param>
/// <param name="MemoryTtl">Of a form in memory before the table is asked again, where there is one.</param>
/// <param name="FailureTtl">Of a failure that says nothing of how long it will last.</param>
public sealed record CachedForms(IReadOnlyList<FormOptions> All, TimeSpan MemoryTtl, TimeSpan FailureTtl);
