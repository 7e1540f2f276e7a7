using System.Text;
using McpFunctionApp.Forms;
using McpFunctionApp.Submissions;
using McpFunctionApp.Tests.Arguments;

namespace McpFunctionApp.Tests.Properties;

/// <summary>What holds for a call of any form.</summary>
public sealed class ArgumentPropertyTests
{
    private int _calls;

    [Fact]
    public void Arguments_made_from_the_schema_have_no_problem()
    {
        ForAllCalls(21, (_, schema, arguments) => Assert.Empty(ReadArguments.Of(schema, arguments.Json).Problems.Told));
        Assert.InRange(_calls, 150, int.MaxValue);
    }

    [Fact]
    public void Valid_arguments_reach_the_form_under_its_own_keys_with_its_own_values_and_without_loss()
    {
        ForAllCalls(
            22,
            (form, schema, arguments) =>
            {
                var filled = ReadArguments.Of(schema, arguments.Json).Form;
                var body = JsonElement.Parse(
                    Encoding.UTF8.GetString(SubmissionBody.Write(filled).Span),
                    new JsonDocumentOptions { AllowDuplicateProperties = false }
                );
                Assert.Equal(
                    filled.Values.Select(value => value.Property.OriginalKey),
                    body.EnumerateObject().Select(member => member.Name)
                );
                var given = schema
                    .Properties.Where(p =>
                        arguments.Values.TryGetValue(p.Key, out var value) && !IsBlank(JsonElement.Parse(value))
                    )
                    .ToList();
                Assert.Equal(given, filled.Values.Where(value => !value.IsDefault).Select(value => value.Property));
                foreach (var property in given)
                {
                    AssertArrived(
                        form,
                        property,
                        JsonElement.Parse(arguments.Values[property.Key]),
                        body.GetProperty(property.OriginalKey)
                    );
                }
            }
        );
        Assert.InRange(_calls, 150, int.MaxValue);
    }

    [Fact]
    public void Every_key_that_is_submitted_is_one_that_the_form_wrote() =>
        Runs.ForAll(
            AnyForm.Cases,
            23,
            form =>
            {
                using var document = JsonDocument.Parse(form.Json);
                var written = document
                    .RootElement.GetProperty("fieldList")
                    .EnumerateArray()
                    .Where(field => field.ValueKind == JsonValueKind.Object)
                    .SelectMany(field => field.EnumerateObject())
                    .Where(member => !IsLoneSurrogate(() => member.Name) && member.Name is "name" or "paramName")
                    .SelectMany(member =>
                        member.Value.ValueKind == JsonValueKind.Object
                            ? member.Value.EnumerateObject().Select(text => text.Value)
                            : [member.Value]
                    )
                    .Where(value => value.ValueKind != JsonValueKind.String || !IsLoneSurrogate(value.GetString))
                    .Select(value => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText())
                    .ToHashSet(StringComparer.Ordinal);
                Assert.All(form.Map().Properties, property => Assert.Contains(property.OriginalKey, written));
            }
        );

    [Fact]
    public void One_mistake_is_found_and_named()
    {
        var kinds = new Dictionary<string, int>();
        ForAllCalls(
            24,
            (form, schema, arguments) =>
            {
                if (AnyMistake.Make(schema, arguments, new Random(form.Seed)) is { } mistake)
                {
                    var problems = ReadArguments.Of(schema, arguments.Json).Problems.Told;
                    Assert.True(
                        problems.Any(problem => problem.Parameter == mistake.Parameter),
                        $"{mistake} in {arguments.Json} gives {string.Join(" | ", problems)}"
                    );
                    Assert.All(problems, problem => Assert.DoesNotContain('\n', problem.ToString()));
                    kinds[mistake.What] = kinds.GetValueOrDefault(mistake.What) + 1;
                }
            },
            runs: 600
        );
        Assert.Equal(5, kinds.Count(kind => kind.Value >= 10));
    }

    private void ForAllCalls(ulong seed, Action<AnyForm, FormSchema, AnyArguments> holds, int runs = 300) =>
        Runs.ForAll(
            AnyForm.Cases,
            seed,
            form =>
            {
                var schema = form.Map();
                if (AnyArguments.For(schema, new Random(form.Seed)) is { } arguments)
                {
                    holds(form, schema, arguments);
                    _calls++;
                }
            },
            runs
        );

    private static bool IsBlank(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => string.IsNullOrWhiteSpace(value.GetString()),
            JsonValueKind.Array => value.EnumerateArray().All(IsBlank),
            _ => false,
        };

    private static void AssertArrived(AnyForm form, FormProperty property, JsonElement given, JsonElement arrived)
    {
        if (property.Options.IsEmpty && given.ValueKind == JsonValueKind.Array)
        {
            Assert.Equal(
                given.EnumerateArray().Where(entry => !IsBlank(entry)).Select(entry => entry.GetString()).Distinct(),
                arrived.EnumerateArray().Select(entry => entry.GetString())
            );
            return;
        }

        if (property.Options.IsEmpty)
        {
            Assert.True(
                given.ValueKind == JsonValueKind.Number
                    ? given.GetRawText() == arrived.GetRawText()
                    : JsonElement.DeepEquals(given, arrived),
                $"{given} became {arrived}"
            );
            return;
        }

        var values = property.Options.Select(option => option.ValueJson).ToList();
        var labels = property.Options.Select(option => option.Label).ToList();
        if (form.Known.TryGetValue(property.OriginalKey, out var field))
        {
            Assert.All(values, value => Assert.Contains(value, field.Values));
        }

        var wanted =
            given.ValueKind == JsonValueKind.Array
                ? $"[{string.Join(',', given.EnumerateArray().Select(label => label.GetString()!).Distinct().Select(ValueOf))}]"
                : ValueOf(given.GetString()!);
        Assert.Equal(wanted, arrived.GetRawText());

        string ValueOf(string label) => values[labels.IndexOf(label)];
    }

    private static bool IsLoneSurrogate(Func<string?> read)
    {
        try
        {
            return read() is null;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
