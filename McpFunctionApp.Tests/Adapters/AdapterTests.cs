using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Adapters;

/// <summary>Tests with an adapter of their own, before a system whose form has a text, a choice and a number.</summary>
public abstract class AdapterTests : ApiTests
{
    protected const string Fields =
        "form.items[].{key: id, name: label, required: must, kind: kind, options: choices[].{label: text, value: {id: no}}}";

    private const string Form = """
        {"items":[
          {"id":"subject","label":"Subject","must":true},
          {"id":"customfield_10010","label":"Urgency","choices":[{"text":"Low","no":2.50},{"text":"High",
          "no":12345678901234567890}]},
          {"id":"count","label":"Count","kind":"number"}]}
        """;

    protected override void ServeForm() => Api.OnForm = context => FakeFormApi.Json(context, Form);

    private protected Task<AdapterApp> StartAsync(string adapter, params (string Name, string? Value)[] settings) =>
        AdapterApp.OfTextAsync(Api, adapter, settings);
}
