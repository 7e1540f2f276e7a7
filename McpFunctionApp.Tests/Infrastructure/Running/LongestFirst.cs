using Xunit.Abstractions;

[assembly: TestCollectionOrderer("McpFunctionApp.Tests.Infrastructure.Running.LongestFirst", "McpFunctionApp.Tests")]

namespace McpFunctionApp.Tests.Infrastructure.Running;

/// <summary>Begins with the collections of several classes, whose tests run one after another: whatever runs beside them is
/// short, and no long one is left for the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => collection.CollectionDefinition is null);
}
