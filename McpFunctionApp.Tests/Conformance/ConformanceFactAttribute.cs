namespace McpFunctionApp.Tests.Conformance;

/// <summary>A test that runs the conformance suite; skipped, with the reason, where there is no Node that is new
/// enough.</summary>
public sealed class ConformanceFactAttribute : FactAttribute
{
    public ConformanceFactAttribute() => Skip = ConformanceSuite.Missing;
}
