namespace McpFunctionApp.Tests.Conformance;

/// <summary>The runs of the conformance suite: one after another and beside no other test, since the suite gives some answers
/// only half a second.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ConformanceCollection
{
    public const string Name = "Conformance";
}
