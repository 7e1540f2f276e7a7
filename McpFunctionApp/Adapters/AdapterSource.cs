using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;
using McpFunctionApp.Sources;
using McpFunctionApp.Submissions;
using Newtonsoft.Json.Linq;

namespace McpFunctionApp.Adapters;

/// <summary>
/// A system that an adapter's expressions speak for: they give the fields of its answers, the body of a submission, the
/// receipt, and the reasons of a refusal. Where an expression gives none of the last two, they are looked for as in any answer.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore has no wait handle to free.")]
public sealed class AdapterSource : IFormSource
{
    private readonly ExpressionLimits _limits;

    // A run-away expression holds a thread for 2 s: half of the processors at most work for one form, and the rest wait
    // without a thread.
    private readonly SemaphoreSlim _places = new(Math.Max(1, Environment.ProcessorCount / 2));

    internal AdapterSource(
        string name,
        string identity,
        AdapterDefinition definition,
        AdapterAddresses addresses,
        JsonElement settings,
        ExpressionLimits limits
    )
    {
        Name = name;
        Identity = identity;
        Definition = definition;
        Addresses = addresses;
        Settings = settings;
        _limits = limits;
    }

    /// <summary>The preset's name, or the file's.</summary>
    public string Name { get; }

    public string Identity { get; }

    public int MaxBytes => _limits.MaxBytes;

    public string MaxBytesName => $"Schemas:MaxAdapterBytes ({_limits.MaxBytes})";

    // Tokens, their copies and what expressions make of them: measured with a form of 1 MiB.
    public int MemoryPerByte => 64;

    internal AdapterDefinition Definition { get; }

    internal AdapterAddresses Addresses { get; }

    /// <summary>The form's <c>Values</c>, an object of texts.</summary>
    internal JsonElement Settings { get; }

    public async ValueTask<SourceForm> ReadFormAsync(
        IReadOnlyList<SourceAnswer> answers,
        FormNotes notes,
        CancellationToken cancellationToken
    )
    {
        if (Definition.Fields is null)
        {
            return new SourceForm(FormReader.Read(answers[0].Body, notes, out var problem), problem);
        }

        var result = await EvaluateFieldsAsync(answers, cancellationToken);
        return result.Json is not { } fields ? new SourceForm(null, result.Problem)
            : fields.ValueKind != JsonValueKind.Array
                ? new SourceForm(
                    null,
                    $"the expression '{Definition.Fields.Name}' gave {ExpressionResult.Kind(fields)}, and not a list of fields"
                )
            : new FieldObjectReader(notes).Read(fields);
    }

    public async ValueTask<SubmissionContent> WriteBodyAsync(FilledForm form, CancellationToken cancellationToken)
    {
        var values = SubmissionBody.Write(form);
        if (Definition.Body is null)
        {
            return new SubmissionContent(values, null);
        }

        var result = await EvaluateBodyAsync(form, values, cancellationToken);
        return result.Json is not { } body ? new SubmissionContent(default, result.Problem)
            : body.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? new SubmissionContent(JsonMarshal.GetRawUtf8Value(body).ToArray(), null)
            : new SubmissionContent(
                default,
                $"the expression '{Definition.Body.Name}' gave {ExpressionResult.Kind(body)}, and nothing to submit"
            );
    }

    public async ValueTask<SubmissionAnswer> ReadAnswerAsync(
        SubmissionResponse response,
        FormSchema schema,
        string token,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var place = await EnterAsync(cancellationToken);
            return new AdapterAnswer(this, _limits, token).Read(response, schema.Properties);
        }
        catch (OperationCanceledException)
        {
            // The request has been answered: what the answer says must not be lost for want of time.
            return SubmissionReader.Read(response, schema.Properties, token) with
            {
                Remark = "there was no time left for the adapter's expressions",
            };
        }
    }

    /// <summary>What the expression <c>form.fields</c> gives, whatever it is.</summary>
    internal async ValueTask<ExpressionResult> EvaluateFieldsAsync(
        IReadOnlyList<SourceAnswer> answers,
        CancellationToken cancellationToken
    )
    {
        using var place = await EnterAsync(cancellationToken);
        var documents = new List<(string Name, JsonElement Root)>();
        foreach (var answer in answers)
        {
            if (AdapterJson.Read(answer.Body, out var problem) is not { } root)
            {
                return new ExpressionResult(null, answers.Count == 1 ? problem : $"{problem} ({answer.Name})");
            }

            documents.Add((answer.Name, root));
        }

        return Definition.Fields!.Evaluate(digits => Document(documents, digits), _limits);
    }

    /// <summary>What the expression <c>submit.body</c> gives, whatever it is.</summary>
    /// <param name="values">By the form's own keys, as UTF-8 JSON.</param>
    internal async ValueTask<ExpressionResult> EvaluateBodyAsync(
        FilledForm form,
        ReadOnlyMemory<byte> values,
        CancellationToken cancellationToken
    )
    {
        using var place = await EnterAsync(cancellationToken);
        List<(string, JsonElement)> documents =
        [
            ("values", JsonElement.Parse(values.Span)),
            ("labels", Labels(form)),
            ("settings", Settings),
        ];
        return Definition.Body!.Evaluate(digits => Document(documents, digits), _limits, withoutNulls: true);
    }

    private static JObject Document(IEnumerable<(string Name, JsonElement Value)> members, DigitKeeper digits)
    {
        var document = new JObject();
        foreach (var (name, value) in members)
        {
            document[name] = digits.Read(value);
        }

        return document;
    }

    /// <summary>What people see of the values, by the form's own keys: of options their labels.</summary>
    private static JsonElement Labels(FilledForm form)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, CompactJson.Options))
        {
            writer.WriteStartObject();
            foreach (var value in form.Values)
            {
                writer.WritePropertyName(value.Property.OriginalKey);
                value.Value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private async ValueTask<Place> EnterAsync(CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        return new Place(_places);
    }

    private readonly struct Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}

/// <summary>Where an adapter's form comes from and goes to, with the settings in their places.</summary>
/// <param name="Submit">Null: calls are recorded.</param>
internal sealed record AdapterAddresses(ImmutableArray<SourceAddress> Gets, Uri? Submit);
