using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace McpFunctionApp.Sample;

/// <summary>The forms of all personas, read from the embedded files at first use.</summary>
internal sealed class SampleForms
{
    private readonly Lazy<FrozenDictionary<string, SampleForm>> forms = new(LoadAll);

    public SampleForm Of(SampleCaller caller) => forms.Value[caller.FormResource];

    private static FrozenDictionary<string, SampleForm> LoadAll() =>
        SampleCallers.All.ToFrozenDictionary(caller => caller.FormResource, caller => Load(caller.FormResource), StringComparer.Ordinal);

    private static SampleForm Load(string resource)
    {
        using var file = typeof(SampleForms).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The form {resource} is not embedded: embed Sample/Forms/*.json under that name.");

        var form = JsonNode.Parse(file)!.AsObject();
        SampleAssets.FillIn(form);
        return SampleForm.From(form);
    }
}
