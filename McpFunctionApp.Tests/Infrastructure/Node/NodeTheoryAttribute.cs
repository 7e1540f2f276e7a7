namespace McpFunctionApp.Tests.Infrastructure.Node;

/// <summary>A theory whose every row runs a script with Node; skipped, with the reason, on a machine without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeTheoryAttribute() : MachineTheoryAttribute(NodeRig.Missing);
