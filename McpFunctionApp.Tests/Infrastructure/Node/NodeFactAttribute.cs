namespace McpFunctionApp.Tests.Infrastructure.Node;

/// <summary>A test that runs a script with Node; skipped, with the reason, on a machine without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute() : MachineFactAttribute(NodeRig.Missing);
