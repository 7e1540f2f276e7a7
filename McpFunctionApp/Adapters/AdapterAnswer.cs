using McpFunctionApp.Forms;
using McpFunctionApp.Submissions;

namespace McpFunctionApp.Adapters;

/// <summary>
/// Reads the answer to a submission by an adapter's expressions, and in the usual shapes where they give nothing: a
/// receipt without an id, a refusal without a reason.
/// </summary>
internal sealed class AdapterAnswer(AdapterSource source, ExpressionLimits limits, string token)
{
    private string? _remark;

    public SubmissionAnswer Read(SubmissionResponse response, IReadOnlyList<FormProperty> properties) =>
        SubmissionReader.Read(response, token, json => Receipt(response, json), json => Refusal(response, json, properties)) with
        {
            Remark = _remark,
        };

    private SubmissionReceipt Receipt(SubmissionResponse response, JsonElement? json)
    {
        var usual = ReceiptReader.Read(response, json, token);
        return Evaluate(source.Definition.Receipt, response, json) is { } given ? ReceiptReader.Of(given, usual, token) : usual;
    }

    private SubmissionRefusal Refusal(SubmissionResponse response, JsonElement? json, IReadOnlyList<FormProperty> properties)
    {
        var own = Evaluate(source.Definition.Refusal, response, json) is { } given
            ? RefusalReader.Of(given, properties, token)
            : SubmissionRefusal.Empty;
        return own is { Message: null, Problems.IsEmpty: true } ? RefusalReader.Read(response, json, properties, token) : own;
    }

    private JsonElement? Evaluate(Expression? expression, SubmissionResponse response, JsonElement? json)
    {
        if (expression is null || json is not { } answer)
        {
            return null;
        }

        var result =
            response.Body?.Length > limits.MaxBytes
                ? ExpressionResult.Failed(expression, $"is given no answer that is larger than {source.MaxBytesName}")
                : expression.Evaluate(digits => digits.Read(answer), limits);
        if (result.Json is not { } given || given.ValueKind == JsonValueKind.Object)
        {
            _remark = result.Json is null ? result.Problem : null;
            return result.Json;
        }

        _remark = $"the expression '{expression.Name}' gave {ExpressionResult.Kind(given)}, and not an object";
        return null;
    }
}
