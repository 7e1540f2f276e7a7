using System.Diagnostics;
using System.Globalization;
using Bench.Load;
using Bench.Load.Cases;
using Bench.Load.Report;

// Arguments: the bench folder, then --test, --soak MINUTES, --only CASE, --crowd-minutes MINUTES; see bench/README.md.
var plan = args.Contains("--test") ? Plan.Test : Plan.Full;
if (After("--crowd-minutes") is { } length)
{
    plan = plan with { Crowded = TimeSpan.FromMinutes(double.Parse(length, CultureInfo.InvariantCulture)) };
}

(string Name, Func<Rig, Task> RunAsync)[] cases =
[
    ("warm", WarmCases.RunAsync),
    ("callers", CallersCase.RunAsync),
    ("crowd", CrowdCase.RunAsync),
    ("expiry", ExpiryCase.RunAsync),
    ("instances", InstancesCase.RunAsync),
    ("cold", ColdCase.RunAsync),
    ("storm", StormCase.RunAsync),
    ("down", DownCase.RunAsync),
    ("start", StartCase.RunAsync),
    ("functions", FunctionsCase.RunAsync),
    ("micro", MicroCase.RunAsync),
];
var only = After("--only");
if (After("--soak") is { } minutes)
{
    cases = [("soak", rig => SoakCase.RunAsync(rig, TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture))))];
}
else if (only is not null && cases.All(one => one.Name != only))
{
    Console.Error.WriteLine($"There is no case '{only}'. The cases are: {string.Join(", ", cases.Select(one => one.Name))}.");
    return 1;
}

try
{
    await RunAsync();
    return 0;
}
catch (InvalidOperationException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

async Task RunAsync()
{
    await using var rig = await Rig.StartAsync(new Files(args[0]), plan);
    foreach (var (name, run) in cases.Where(one => only is null || one.Name == only))
    {
        var began = Stopwatch.GetTimestamp();
        await run(rig);
        Console.WriteLine(
            $"{name}: {(plan.Measures ? "measured" : "answers are right")} ({Stopwatch.GetElapsedTime(began).TotalSeconds:0} s)"
        );
    }

    if (plan.Measures && rig.Book.Cases.Any())
    {
        await WriteAsync(rig);
    }
}

async Task WriteAsync(Rig rig)
{
    var file = rig.Files.Results;
    var before = File.Exists(file) ? await File.ReadAllTextAsync(file) : "";
    if (only is null)
    {
        await File.WriteAllTextAsync(file, ResultsPage.Write(rig, before));
    }
    else if (only == "crowd" && plan.IsLarge)
    {
        await File.WriteAllTextAsync(file, ResultsPage.WriteLarge(rig, before));
    }
    else
    {
        await Console.Out.WriteLineAsync(ResultsPage.Page(rig));
    }
}

string? After(string option) => args.SkipWhile(argument => argument != option).Skip(1).FirstOrDefault();
