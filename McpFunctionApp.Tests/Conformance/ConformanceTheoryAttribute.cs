namespace McpFunctionApp.Tests.Conformance;

/// <summary>A theory whose every row runs the conformance suite; skipped, with the reason, where there is no Node that is new
/// enough.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ConformanceTheoryAttribute() : MachineTheoryAttribute(ConformanceSuite.Missing);
