namespace McpFunctionApp.Tests.Conformance;

/// <summary>A test that runs the conformance suite; skipped, with the reason, where there is no Node that is new
/// enough.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ConformanceFactAttribute() : MachineFactAttribute(ConformanceSuite.Missing);
