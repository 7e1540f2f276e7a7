using System.Globalization;
using McpFunctionApp.Arguments;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Asking;

/// <summary>With what a field is prefilled that a person is asked for. Pure.</summary>
internal static class QuestionDefault
{
    /// <returns>What was given where it can be used, else the nearest options, else the form's default; null where there is
    /// none.</returns>
    public static JsonElement? Of(FormProperty field, ArgumentReading reading, JsonElement given)
    {
        var problems = reading.Problems.Told.Where(problem => Question.KeyOf(problem.Parameter) == field.Key).ToList();
        var read = reading.Form.Values.FirstOrDefault(value => value.Property.Key == field.Key);
        return read?.Value ?? Nearest(field, problems, given) ?? FormsOwn(field);
    }

    private static JsonElement? Nearest(FormProperty field, List<ArgumentProblem> problems, JsonElement given)
    {
        if (field.Kind != PropertyKind.Choices)
        {
            return problems.Select(problem => problem.Nearest).FirstOrDefault(nearest => nearest.Count > 0) is [var best, ..]
                ? JsonValues.Of(best)
                : null;
        }

        var labels =
            given.TryGetProperty(field.Key, out var entries) && entries.ValueKind == JsonValueKind.Array
                ? entries.EnumerateArray().Select((entry, place) => Entry(field, problems, entry, place))
                : problems.Select(problem => problem.Nearest.Count > 0 ? problem.Nearest[0] : null);
        string[] meant =
        [
            .. labels
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Take((int)Math.Min(field.Max ?? int.MaxValue, int.MaxValue)),
        ];
        return meant.Length == 0 || meant.Length < field.Min ? null : JsonValues.Of(meant);
    }

    /// <summary>An entry as it is where nothing is wrong with it and it is an option's label, else what it is nearest
    /// to.</summary>
    private static string? Entry(FormProperty field, List<ArgumentProblem> problems, JsonElement entry, int place)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{field.Key}[{place}]");
        if (problems.Find(problem => problem.Parameter == name) is { } problem)
        {
            return problem.Nearest.Count > 0 ? problem.Nearest[0] : null;
        }

        return JsonValues.Text(entry) is { } text
            ? field.Options.FirstOrDefault(option => FieldText.Fold(option.Label) == FieldText.Fold(text))?.Label
            : null;
    }

    private static JsonElement? FormsOwn(FormProperty field)
    {
        if (field.Default is null)
        {
            return null;
        }

        return Overlay.Write(writer => JsonSchemaWriter.WriteDefault(writer, field)).GetProperty("default");
    }
}
