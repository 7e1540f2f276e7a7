namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>A test that runs a script with Node; skipped, with the reason, on a machine without it.</summary>
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = NodeRig.Missing;
}
