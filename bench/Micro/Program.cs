using System.Text;
using Bench.Micro;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

// Arguments: the form API's address, and --test to run each benchmark once and look at its answer.
Environment.SetEnvironmentVariable(ProductInMemory.FormUrl, args[0]);
return args.Contains("--test") ? await TestAsync() : Measure();

static int Measure()
{
    // In this process, since the one thing that is measured is allocations; the times of a shared machine are not used.
    var job = Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance);
    var config = ManualConfig.CreateMinimumViable().AddLogger(ConsoleLogger.Default).AddJob(job);
    var reports = BenchmarkRunner.Run<ListBenchmark>(config).Reports.ToDictionary(
        report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name, report => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0);
    Console.WriteLine($"result sdk {reports[nameof(ListBenchmark.SdkAsync)] - reports[nameof(ListBenchmark.Request)]}");
    Console.WriteLine($"result product {reports[nameof(ListBenchmark.ProductAsync)] - reports[nameof(ListBenchmark.Request)]}");
    return 0;
}

static async Task<int> TestAsync()
{
    var benchmark = new ListBenchmark();
    await benchmark.SetupAsync();
    var isRight = HasTheForm(await benchmark.SdkAsync()) && HasTheForm(await benchmark.ProductAsync());
    benchmark.Cleanup();
    return isRight ? 0 : 1;
}

static bool HasTheForm(Microsoft.AspNetCore.Http.HttpContext context) =>
    Encoding.UTF8.GetString(InMemoryRequest.AnswerOf(context)).Contains("\"create_request\"", StringComparison.Ordinal);
