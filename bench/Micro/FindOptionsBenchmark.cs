using System.Text.Json;
using BenchmarkDotNet.Attributes;
using McpFunctionApp.Arguments;
using McpFunctionApp.Forms;
using McpFunctionApp.Lookups;

namespace Bench.Micro;

/// <summary>How long one <c>find_options</c> takes over 200,000 options: it must stay under 20 ms, whatever is looked
/// for.</summary>
[MemoryDiagnoser]
public class FindOptionsBenchmark
{
    private const int Count = 200_000;

    private static readonly string[] s_places =
    [
        "Berlin",
        "Hamburg",
        "Munich",
        "Cologne",
        "Frankfurt",
        "Stuttgart",
        "Leipzig",
        "Dresden",
    ];

    private readonly FindOptionsTool _tool = new(new ArgumentReader(ArgumentReader.UsuallyIgnored), new OptionSearches());
    private readonly LongFields _fields = LongFields.Of("create_request", Form())!;
    private readonly FormSchema _parameters;

    public FindOptionsBenchmark()
    {
        _parameters = FindOptionsTool.Parameters(_fields);
        Find("warm");
    }

    /// <summary>In every eighth label.</summary>
    [Benchmark]
    public int Word() => Find("leipzig");

    /// <summary>In one label.</summary>
    [Benchmark]
    public int Rare() => Find("notebook 199999 Dresden office");

    /// <summary>Near an eighth of them.</summary>
    [Benchmark]
    public int Misspelt() => Find("liepzig ofice");

    /// <summary>All letters are there, and no such word.</summary>
    [Benchmark]
    public int Nothing() => Find("koobeton");

    /// <summary>In all of them.</summary>
    [Benchmark]
    public int Letter() => Find("o");

    private int Find(string query) =>
        _tool
            .Run(_fields, _parameters, JsonElement.Parse($$"""{"field":"asset","query":"{{query}}"}"""))
            .Structured!.Value.GetProperty("options")
            .GetArrayLength();

    private static FormSchema Form()
    {
        FormProperty[] properties =
        [
            FormProperty.Plain("asset", PropertyKind.Choice, "A device.") with
            {
                Options =
                [
                    .. Enumerable
                        .Range(0, Count)
                        .Select(i => new FormOption($"Notebook {i} {s_places[i % s_places.Length]} office", $"{i}")),
                ],
            },
        ];
        return new FormSchema([.. properties], "");
    }
}
