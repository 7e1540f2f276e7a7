namespace McpFunctionApp.Sample;

/// <summary>Decides whether a body is a submission of a form: the fields to keep, or a sentence that says what is
/// wrong.</summary>
internal static class SubmissionRules
{
    private const int MaxKeysNamed = 5;
    private const int MaxKeyShown = 64;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static (ReadOnlyMemory<byte> Fields, string? Problem) Check(ReadOnlyMemory<byte> body, SampleForm form)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            var problem = FindProblem(document.RootElement, form);
            return problem is null ? (SampleJson.Write(document.RootElement.WriteTo), null) : (default, problem);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Text that is no valid Unicode passes the parser and is only noticed, as an invalid operation, when it is read.
            return (default, "The body is not valid JSON, or it names a field twice.");
        }
    }

    private static string? FindProblem(JsonElement body, SampleForm form)
    {
        if (body.ValueKind is not JsonValueKind.Object)
        {
            return "The body must be a JSON object of the form's keys.";
        }

        var sent = body.EnumerateObject()
            .ToDictionary(property => property.Name, property => property.Value.ValueKind, StringComparer.Ordinal);
        var unknown = sent.Keys.Where(key => !form.Keys.Contains(key)).ToList();
        if (unknown.Count > 0)
        {
            return $"These keys are not on your form: {Name(unknown)}.";
        }

        var missing = form
            .Required.Where(key => sent.GetValueOrDefault(key) is JsonValueKind.Undefined or JsonValueKind.Null)
            .ToList();
        return missing.Count > 0 ? $"These required fields are missing: {string.Join(", ", missing)}." : null;
    }

    // The keys come from outside: a flood of long ones must not come back as an equally long answer.
    private static string Name(List<string> keys)
    {
        var named = string.Join(
            ", ",
            keys.Take(MaxKeysNamed).Select(key => key.Length > MaxKeyShown ? key[..MaxKeyShown] + "..." : key)
        );
        return keys.Count > MaxKeysNamed ? $"{named} and {keys.Count - MaxKeysNamed} more" : named;
    }
}
