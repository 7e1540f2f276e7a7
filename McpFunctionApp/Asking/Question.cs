using System.Collections.Immutable;
using System.Text;
using McpFunctionApp.Arguments;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Asking;

/// <summary>Writes what a person is asked: one elicitation by form, as revision 2026-07-28 describes it. Pure.</summary>
internal static class Question
{
    private const int MaxProblem = 300;
    private const int MaxProblemsShown = 10;

    /// <summary>The parameters that problems are about, in the form's order; null where one is about no parameter, which nobody
    /// can fill in.</summary>
    public static IReadOnlyList<FormProperty>? Asked(FormSchema schema, ArgumentProblems problems)
    {
        var keys = problems.Told.Select(problem => KeyOf(problem.Parameter)).ToHashSet(StringComparer.Ordinal);
        var asked = schema.Properties.Where(property => keys.Contains(property.Key)).ToList();
        return problems.Count <= ArgumentProblems.MaxTold && asked.Count == keys.Count ? asked : null;
    }

    /// <param name="fields">What is asked for.</param>
    /// <param name="given">What the reading was made of.</param>
    public static JsonElement Write(
        CalledForm called,
        IReadOnlyList<FormProperty> fields,
        ArgumentReading reading,
        JsonElement given
    ) =>
        Overlay.Write(writer =>
        {
            writer.WriteStartObject(PersonsAnswer.QuestionName);
            writer.WriteString("method", "elicitation/create");
            writer.WriteStartObject("params");
            writer.WriteString("mode", "form");
            writer.WriteString("message", Message(called, reading.Problems));
            writer.WritePropertyName("requestedSchema");
            QuestionSchema.Write(writer, fields, reading, given);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });

    /// <summary>The parameter of a problem: that of an entry, such as <c>tags[2]</c>, is its array's.</summary>
    public static string KeyOf(string parameter) =>
        parameter.EndsWith(']') && parameter.LastIndexOf('[') is > 0 and var at ? parameter[..at] : parameter;

    private static string Message(CalledForm called, ArgumentProblems problems)
    {
        if (problems.Count == 0)
        {
            return $"{called.Options.Title}: is this to be submitted?";
        }

        var text = new StringBuilder($"{called.Options.Title}: some values are missing or cannot be used.");
        foreach (var problem in problems.Told.Take(MaxProblemsShown))
        {
            text.Append('\n').Append(Quotable.Shorten(Told(called.Schema.Properties, problem), MaxProblem));
        }

        return text.ToString();
    }

    /// <summary>By the name that people know.</summary>
    private static string Told(ImmutableArray<FormProperty> properties, ArgumentProblem problem)
    {
        var property = properties.First(p => p.Key == KeyOf(problem.Parameter));
        return $"{FieldTitle.Of(property)}: {problem.Message}";
    }
}
