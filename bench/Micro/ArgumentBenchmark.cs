using System.Text.Json;
using BenchmarkDotNet.Attributes;
using McpFunctionApp.Arguments;
using McpFunctionApp.Forms;

namespace Bench.Micro;

/// <summary>What reading a call's arguments allocates: ordinary ones, and a megabyte of mistakes, which may cost a small multiple
/// of itself.</summary>
[MemoryDiagnoser]
public class ArgumentBenchmark
{
    private const int Megabyte = 1_000_000;

    private readonly ArgumentReader _reader = new(ArgumentReader.UsuallyIgnored);
    private readonly FormSchema _form = Form();
    private readonly JsonElement _ordinary = JsonElement.Parse(
        """{"text_1":"Printer is out of toner","choice_1":"Option 7","several":["Option 1","Option 2"]}"""
    );
    private readonly JsonElement _names = JsonElement.Parse(
        $"{{{string.Join(',', Enumerable.Range(0, Megabyte / 12).Select(i => $"\"n{i:000000}\":1"))}}}"
    );
    private readonly JsonElement _entries = JsonElement.Parse(
        $$"""{"several":[{{string.Join(',', Enumerable.Repeat("1", Megabyte / 2))}}]}"""
    );

    [Benchmark]
    public int Ordinary() => Read(_ordinary);

    [Benchmark]
    public int UnknownNames() => Read(_names);

    [Benchmark]
    public int WrongEntries() => Read(_entries);

    private int Read(JsonElement arguments) => _reader.Read(_form, arguments, ArgumentReader.FormMayHaveChanged).Problems.Count;

    private static FormSchema Form()
    {
        FormProperty[] properties =
        [
            .. Enumerable
                .Range(1, 70)
                .Select(i => FormProperty.Plain($"text_{i}", PropertyKind.Text, "A text.") with { Required = false }),
            .. Enumerable.Range(1, 6).Select(i => WithOptions($"choice_{i}", PropertyKind.Choice)),
            WithOptions("several", PropertyKind.Choices),
        ];
        return new FormSchema([.. properties], "");
    }

    private static FormProperty WithOptions(string key, PropertyKind kind) =>
        FormProperty.Plain(key, kind, "Options.") with
        {
            Required = false,
            ListsOptions = true,
            Options = [.. Enumerable.Range(0, 100).Select(i => new FormOption($"Option {i}", $"\"v{i}\""))],
        };
}
