using System.Globalization;
using Bench.Instances;

// Arguments: the table's connection string and the number of instances; then "invalidate", or callers, lives of a form, the
// chance of a request per caller and second, and at how many instances it asks at the same moment. A line per result.
await using var api = await CountingApi.StartAsync();
var instances = (int)Number(1);
await (args[2] == "invalidate" ? InvalidateAsync() : RunAsync((int)Number(2), Number(3), Number(4), (int)Number(5)));

async Task InvalidateAsync()
{
    using var fleet = new Fleet(api, args[0], instances, callers: 1);
    Print("seconds_to_invalidate", await fleet.InvalidateAsync());
    Print("memory_seconds", fleet.Options.MemoryTtl.TotalSeconds);
}

async Task RunAsync(int callers, double lives, double chance, int atOnce)
{
    using var fleet = new Fleet(api, args[0], instances, callers);
    await fleet.RunAsync(lives * fleet.Options.Ttl, chance, atOnce);
    Print("requests", fleet.Requests);
    Print("calls_per_caller_and_life", api.Calls / (callers * lives));
    Print("most_calls_of_one_caller_per_life", api.MostOfOne / lives);
}

double Number(int place) => double.Parse(args[place], CultureInfo.InvariantCulture);

static void Print(string name, double value) => Console.WriteLine(FormattableString.Invariant($"result {name} {value}"));
