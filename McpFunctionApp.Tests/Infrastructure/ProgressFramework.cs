using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("McpFunctionApp.Tests.Infrastructure.ProgressFramework", "McpFunctionApp.Tests")]

namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>Runs the tests as xunit does, and says every few seconds how far they are.</summary>
public sealed class ProgressFramework(IMessageSink diagnostics) : XunitTestFramework(diagnostics)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider sources, IMessageSink diagnostics)
        : XunitTestFrameworkExecutor(assembly, sources, diagnostics)
    {
        protected override void RunTestCases(
            IEnumerable<IXunitTestCase> testCases,
            IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions executionOptions
        )
        {
            var all = testCases.ToList();
            base.RunTestCases(all, new ProgressSink(executionMessageSink, DiagnosticMessageSink, all.Count), executionOptions);
        }
    }
}
