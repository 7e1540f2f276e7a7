using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using McpFunctionApp.Adapters;
using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;
using McpFunctionApp.Settings;
using McpFunctionApp.Sources;
using Microsoft.Extensions.Configuration;

namespace Bench.Micro;

/// <summary>
/// What a form of 45 KB costs by an adapter (77 fields, 20 options each, in the shape of Jira Service Management): mapped
/// for the first time, and where its bytes are known and only have to be recognised.
/// </summary>
[MemoryDiagnoser]
public class AdapterBenchmark
{
    private readonly AdapterSource _source = Source();
    private readonly IReadOnlyList<SourceAnswer> _answers = [new("form", Form())];
    private readonly FormLimits _limits = new(200, 5_000, 200, 262_144);

    [Benchmark]
    public async Task<int> MapAsync()
    {
        var notes = new FormNotes();
        var read = await _source.ReadFormAsync(_answers, notes, CancellationToken.None);
        return FormMapper.Map(read.Form!, null, _limits, notes).Properties.Length;
    }

    [Benchmark]
    public FormDigest Recognise() => FormDigest.OfAnswers(_source.Identity, [_answers[0].Body], null);

    private static AdapterSource Source()
    {
        var settings = new SettingsReader(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["Forms:0:Adapter"] = "jira-service-management",
                        ["Forms:0:Values:site"] = "https://desk.example",
                        ["Forms:0:Values:serviceDesk"] = "1",
                        ["Forms:0:Values:requestType"] = "2",
                    }
                )
                .Build()
        );
        return (AdapterSource)FormOptions.ReadAll(settings)[0].Source;
    }

    private static byte[] Form()
    {
        var fields = Enumerable.Range(0, 77).Select(Field);
        var form = Encoding.UTF8.GetBytes($$"""{"requestTypeFields":[{{string.Join(',', fields)}}]}""");
        using var valid = JsonDocument.Parse(form);
        return form;
    }

    private static string Field(int number) =>
        $$"""{"fieldId":"customfield_{{10_000 + number}}","name":"Field {{number}}","required":false,"visible":true,"""
        + """ "defaultValues":[],"jiraSchema":{"type":"option"},"""
        + $$""" "validValues":[{{Options(number)}}]}""";

    private static string Options(int field) =>
        string.Join(
            ',',
            Enumerable.Range(0, 20).Select(option => $$"""{"value":"{{option}}","label":"O{{field}}.{{option}}"}""")
        );
}
