using System.Text.Json.Nodes;
using McpFunctionApp.Arguments;
using McpFunctionApp.Callers;
using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Asking;

/// <summary>Checks what is known so far of a request, and submits nothing.</summary>
public sealed class DraftTool(ArgumentReader reader, DraftKeys keys)
{
    private const string Values = "values";

    // A text, since some providers refuse an object without properties, and with it the whole server.
    private static readonly FormSchema s_envelope = Envelope();

    /// <summary>What the tool takes.</summary>
    public static JsonElement InputSchema => s_envelope.InputSchema;

    public async Task<ToolReply> RunAsync(
        FormOptions form,
        FormSchema schema,
        Caller caller,
        JsonElement arguments,
        CancellationToken cancellationToken
    )
    {
        var (given, refusal) = Unwrap(arguments);
        if (refusal is not null)
        {
            return refusal;
        }

        if (await keys.MakeAsync(form, caller, cancellationToken) is not { } key)
        {
            return AskingErrors.Unavailable("no draft can be given a key");
        }

        var reading = reader.Read(schema, given, ArgumentReader.FormMayHaveChanged);
        return ToolReply.Success(DraftAnswer.Write(form, reading)) with
        {
            Meta = [new(ReplyMeta.Form, DraftForm.Write(form, schema, reading, given)), new(ReplyMeta.Draft, JsonValues.Of(key))],
            Outcome = "drafted",
        };
    }

    /// <returns>The object of parameters that <c>values</c> holds, be it a text or an object by itself; an empty one where there
    /// is none.</returns>
    private (JsonElement Given, ToolReply? Refusal) Unwrap(JsonElement arguments)
    {
        var envelope = arguments;
        if (arguments.TryGetProperty(Values, out var values) && values.ValueKind == JsonValueKind.Object)
        {
            var rest = JsonObject.Create(arguments)!;
            rest[Values] = values.GetRawText();
            envelope = JsonElement.Parse(rest.ToJsonString());
        }

        var (filled, problems) = reader.Read(s_envelope, envelope, ArgumentReader.Unknown);
        if (problems.Count > 0)
        {
            return (default, problems.ToReply());
        }

        var text = filled.Values.IsEmpty ? "{}" : filled.Values[0].Value.GetString()!;
        return JsonValues.Object(text) is { } given
            ? (given, null)
            : (
                default,
                ArgumentProblems.ReplyTo(new(Values, "must hold a JSON object of parameters, such as {\"subject\":\"...\"}.", []))
            );
    }

    private static FormSchema Envelope()
    {
        FormProperty[] parameters =
        [
            FormProperty.Plain(Values, PropertyKind.Text, "A JSON object of its parameters.") with
            {
                Required = false,
            },
        ];
        return new FormSchema([.. parameters], "");
    }
}
