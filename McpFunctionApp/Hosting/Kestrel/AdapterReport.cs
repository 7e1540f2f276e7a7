using McpFunctionApp.Adapters;
using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;
using McpFunctionApp.Sources;
using McpFunctionApp.Submissions;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary>
/// What <c>--check</c> prints of a form's adapter: what each of its expressions gave, field by field. No default of a
/// secret, and of what is no field object only the names of its members, since nobody knows what is in it.
/// </summary>
internal static class AdapterReport
{
    private const int MaxFields = 200;
    private const int MaxCharacters = 240;

    /// <param name="defaults">The form with nothing but its defaults; null where there is no form.</param>
    /// <returns>No line where the form has no adapter, or its answers repeat the token.</returns>
    public static async Task<IReadOnlyList<string>> OfAsync(
        FormOptions form,
        IReadOnlyList<SourceAnswer> answers,
        FilledForm? defaults,
        FormReading reading,
        CancellationToken cancellationToken
    )
    {
        if (form.Source is not AdapterSource adapter || reading.Problem == FormReading.RepeatsToken)
        {
            return [];
        }

        List<string> lines =
        [
            $"  adapter {adapter.Name}:",
            .. answers.Select(answer => $"    get.{answer.Name}: {answer.Body.Length} bytes"),
        ];
        lines.AddRange(
            adapter.Definition.Fields is null
                ? ["    form.fields: none, the answer is read as a field list or a JSON Schema"]
                : OfFields(adapter.Definition.Fields, await adapter.EvaluateFieldsAsync(answers, cancellationToken))
        );
        lines.Add(await OfBodyAsync(adapter, defaults, cancellationToken));
        lines.Add(OfAnswer("receipt", adapter.Definition.Receipt));
        lines.Add(OfAnswer("refusal", adapter.Definition.Refusal));
        return lines;
    }

    private static IEnumerable<string> OfFields(Expression expression, ExpressionResult result)
    {
        if (result.Json is not { } given)
        {
            return [$"    {expression.Name}: nothing, {result.Problem}"];
        }

        var head = $"    {expression.Name}: {ExpressionResult.Kind(given)}";
        return given.ValueKind switch
        {
            JsonValueKind.Array =>
            [
                head,
                .. given.EnumerateArray().Take(MaxFields).Select(entry => $"      {OfField(entry)}"),
                .. given.GetArrayLength() > MaxFields ? ["      ..."] : Array.Empty<string>(),
            ],
            JsonValueKind.Object => [$"{head} ({Names(given)})"],
            _ => [head],
        };
    }

    private static string OfField(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            return ExpressionResult.Kind(entry);
        }

        var members = new FieldMembers(entry);
        var shown = members
            .All.Where(member =>
                member.Value.ValueKind != JsonValueKind.Null && (member.Key != "default" || members.Flag("secret") == false)
            )
            .Select(member => $"{member.Key}: {member.Value.GetRawText()}");
        return Quotable.Shorten(string.Join(", ", shown), MaxCharacters);
    }

    private static async Task<string> OfBodyAsync(
        AdapterSource adapter,
        FilledForm? defaults,
        CancellationToken cancellationToken
    )
    {
        if (adapter.Definition.Body is not { } body)
        {
            return "    submit.body: none, the values are submitted by key";
        }

        if (defaults is null)
        {
            return $"    {body.Name}: not evaluated, there is no form";
        }

        var result = await adapter.EvaluateBodyAsync(defaults, SubmissionBody.Write(defaults), cancellationToken);
        return result.Json is { } given
            ? $"    {body.Name}: "
                + $"{ExpressionResult.Kind(given)}{(given.ValueKind == JsonValueKind.Object ? $" ({Names(given)})" : "")}"
            : $"    {body.Name}: nothing, {result.Problem}";
    }

    private static string OfAnswer(string name, Expression? expression) =>
        $"    {name}: "
        + (
            expression is null
                ? "none, it is looked for where systems usually have it"
                : "for the answer to a submission, of which there is none here"
        );

    private static string Names(JsonElement given) =>
        Quotable.Shorten(string.Join(", ", given.EnumerateObject().Select(JsonMembers.Name)), MaxCharacters);
}
