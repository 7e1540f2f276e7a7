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
    var reports = Bytes<ListBenchmark>(config);
    var arguments = Bytes<ArgumentBenchmark>(config);
    var options = BenchmarkRunner.Run<FindOptionsBenchmark>(config).Reports;
    Console.WriteLine($"result sdk {reports[nameof(ListBenchmark.SdkAsync)] - reports[nameof(ListBenchmark.Request)]}");
    Console.WriteLine($"result product {reports[nameof(ListBenchmark.ProductAsync)] - reports[nameof(ListBenchmark.Request)]}");
    Console.WriteLine($"result reading_ordinary_arguments {arguments[nameof(ArgumentBenchmark.Ordinary)]}");
    Console.WriteLine($"result reading_a_megabyte_of_unknown_names {arguments[nameof(ArgumentBenchmark.UnknownNames)]}");
    Console.WriteLine($"result reading_a_megabyte_of_wrong_entries {arguments[nameof(ArgumentBenchmark.WrongEntries)]}");
    foreach (var report in options)
    {
        Console.WriteLine($"time {report.BenchmarkCase.DisplayInfo} {report.ResultStatistics?.Mean / 1_000_000:0.000} ms");
    }

    // Its times are looked at, too: they are milliseconds, which a shared machine does not hide.
    foreach (var report in BenchmarkRunner.Run<AdapterBenchmark>(config).Reports)
    {
        Console.WriteLine(
            $"time adapter_{report.BenchmarkCase.Descriptor.WorkloadMethod.Name} {report.ResultStatistics!.Median / 1e6:0.000} ms"
        );
    }

    return 0;
}

static Dictionary<string, long> Bytes<T>(IConfig config) =>
    BenchmarkRunner
        .Run<T>(config)
        .Reports.ToDictionary(
            report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name,
            report => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0
        );

static async Task<int> TestAsync()
{
    var benchmark = new ListBenchmark();
    await benchmark.SetupAsync();
    var arguments = new ArgumentBenchmark();
    var options = new FindOptionsBenchmark();
    var adapter = new AdapterBenchmark();
    (string What, bool IsRight)[] answers =
    [
        ("the SDK's list", HasTheForm(await benchmark.SdkAsync())),
        ("the product's list", HasTheForm(await benchmark.ProductAsync())),
        ("options of a word", options.Word() == 20),
        ("the options of one label", options.Rare() >= 1),
        ("options of a misspelt word", options.Misspelt() > 0),
        ("no options", options.Nothing() == 0),
        ("a form by an adapter", await adapter.MapAsync() == 77),
        ("its bytes known again", adapter.Recognise() == adapter.Recognise()),
        ("ordinary arguments", arguments.Ordinary() == 0),
        ("unknown names", arguments.UnknownNames() > 50),
        ("wrong entries", arguments.WrongEntries() > 50),
    ];
    benchmark.Cleanup();
    foreach (var (what, _) in answers.Where(answer => !answer.IsRight))
    {
        Console.WriteLine($"wrong: {what}");
    }

    return answers.All(answer => answer.IsRight) ? 0 : 1;
}

static bool HasTheForm(Microsoft.AspNetCore.Http.HttpContext context) =>
    Encoding.UTF8.GetString(InMemoryRequest.AnswerOf(context)).Contains("\"create_request\"", StringComparison.Ordinal);
