using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace McpFunctionApp.Sample;

/// <summary>The forms of all personas, and one that is the same for all, read from the embedded files at first use.</summary>
internal sealed class SampleForms
{
    private readonly Lazy<FrozenDictionary<string, SampleForm>> forms = new(LoadAll);

    private readonly Lazy<SampleForm> change = new(() => SampleForm.FromSchema(Read("McpFunctionApp.Sample.Forms.change.json")));

    private readonly Lazy<SampleForm> access = new(() =>
        SampleForm.FromQuestions(Read("McpFunctionApp.Sample.Forms.access.json"))
    );

    /// <summary>The questions of an access request.</summary>
    public SampleForm Access => access.Value;

    public SampleForm Of(SampleCaller caller) => forms.Value[caller.FormResource];

    /// <summary>The form of a change, which is a JSON Schema.</summary>
    public SampleForm Change(SampleCaller caller) => change.Value;

    private static FrozenDictionary<string, SampleForm> LoadAll() =>
        SampleCallers.All.ToFrozenDictionary(
            caller => caller.FormResource,
            caller => Load(caller.FormResource),
            StringComparer.Ordinal
        );

    private static SampleForm Load(string resource)
    {
        var form = Read(resource);
        SampleAssets.FillIn(form);
        return SampleForm.From(form);
    }

    private static JsonObject Read(string resource)
    {
        using var file =
            typeof(SampleForms).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException(
                $"The form {resource} is not embedded: embed Sample/Forms/*.json under that name."
            );

        return JsonNode.Parse(file)!.AsObject();
    }
}
