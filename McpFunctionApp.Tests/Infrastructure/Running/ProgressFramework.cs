using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("McpFunctionApp.Tests.Infrastructure.Running.ProgressFramework", "McpFunctionApp.Tests")]

namespace McpFunctionApp.Tests.Infrastructure.Running;

/// <summary>Runs the tests as xunit does, but goes on after an await in a thread of the pool where xunit would start a thread
/// of its own each time, and says every few seconds how far it is.</summary>
public sealed class ProgressFramework(IMessageSink diagnostics) : XunitTestFramework(diagnostics)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider sources, IMessageSink diagnostics)
        : XunitTestFrameworkExecutor(assembly, sources, diagnostics)
    {
#pragma warning disable AZFW0002 // xunit's own signature
        protected override async void RunTestCases(
            IEnumerable<IXunitTestCase> testCases,
            IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions executionOptions
        )
        {
            var all = testCases.ToList();
            var reports = new ProgressSink(executionMessageSink, DiagnosticMessageSink, all.Count);
            using var runner = new Runner(TestAssembly, all, DiagnosticMessageSink, reports, executionOptions);
            await runner.RunAsync();
        }
#pragma warning restore AZFW0002
    }

    private sealed class Runner(
        ITestAssembly assembly,
        IEnumerable<IXunitTestCase> tests,
        IMessageSink diagnostics,
        IMessageSink reports,
        ITestFrameworkExecutionOptions options
    ) : XunitTestAssemblyRunner(assembly, tests, diagnostics, reports, options)
    {
        /// <summary>Xunit would leave to the end what must run with nothing beside it; but what measures the heap measures best
        /// before others have filled it.</summary>
        protected override async Task<RunSummary> RunTestCollectionsAsync(
            IMessageBus messageBus,
            CancellationTokenSource cancellationTokenSource
        )
        {
            var summary = new RunSummary();
            var alone = OrderTestCollections().Where(collection => IsAlone(collection.Item1)).ToList();
            foreach (var (collection, tests) in alone)
            {
                summary.Aggregate(await RunTestCollectionAsync(messageBus, collection, tests, cancellationTokenSource));
            }

            TestCases = TestCases.Except(alone.SelectMany(collection => collection.Item2)).ToList();

            // From a thread of its own: what a thread of the pool starts runs in any order, and the longest could be last.
            var others = Task.Factory.StartNew(
                () => base.RunTestCollectionsAsync(messageBus, cancellationTokenSource),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
            summary.Aggregate(await await others);
            return summary;
        }

        private static bool IsAlone(ITestCollection collection) =>
            collection
                .CollectionDefinition?.GetCustomAttributes(typeof(CollectionDefinitionAttribute))
                .SingleOrDefault()
                ?.GetNamedArgument<bool>(nameof(CollectionDefinitionAttribute.DisableParallelization)) == true;

        protected override Task<RunSummary> RunTestCollectionAsync(
            IMessageBus messageBus,
            ITestCollection testCollection,
            IEnumerable<IXunitTestCase> testCases,
            CancellationTokenSource cancellationTokenSource
        )
        {
            SynchronizationContext.SetSynchronizationContext(PoolContext.Only);
            return base.RunTestCollectionAsync(messageBus, testCollection, testCases, cancellationTokenSource);
        }
    }

    private sealed class PoolContext : SynchronizationContext
    {
        public static readonly PoolContext Only = new();

        public override void Post(SendOrPostCallback d, object? state) =>
            ThreadPool.UnsafeQueueUserWorkItem(
                work =>
                {
                    SetSynchronizationContext(Only);
                    work.d(work.state);
                },
                (d, state),
                preferLocal: false
            );
    }
}
