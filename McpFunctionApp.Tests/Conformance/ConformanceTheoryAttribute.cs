namespace McpFunctionApp.Tests.Conformance;

/// <summary>A theory whose every row runs the conformance suite; skipped, with the reason, where there is no Node that is new
/// enough.</summary>
public sealed class ConformanceTheoryAttribute : TheoryAttribute
{
    public ConformanceTheoryAttribute() => Skip = ConformanceSuite.Missing;
}
