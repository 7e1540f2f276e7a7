using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Arguments;

/// <summary>
/// Reads a call's arguments for what they plainly mean: absent values, numbers as text, options by their label, case and
/// spaces aside. What could mean two things, or nothing, is a problem; all problems come at once, in the form's order.
/// The work is bounded by the arguments' size. What a form needs for it is made once, and goes with the form.
/// </summary>
/// <param name="ignored">Arguments that clients add by themselves: left out in silence, unless the tool has such a
/// parameter.</param>
public sealed class ArgumentReader(IReadOnlySet<string> ignored)
{
    /// <summary>What to do about an argument that the form does not have.</summary>
    public const string FormMayHaveChanged =
        "is not a parameter of this tool. If it was one, the form may have changed: list the tools again.";

    /// <summary>The same for a tool that no form stands behind.</summary>
    public const string Unknown = "is not a parameter of this tool.";

    private const int MaxName = 64;

    private readonly ConditionalWeakTable<FormSchema, ParameterSet> _known = [];
    private readonly OptionLookups _lookups = new();

    /// <summary>What is ignored where no setting says otherwise.</summary>
    public static IReadOnlySet<string> UsuallyIgnored { get; } =
        FrozenSet.ToFrozenSet(
            ["wait_for_previous", "toolCallId", "tool_call_id", "task_progress", "sessionId", "chatInput", "action"],
            StringComparer.Ordinal
        );

    /// <param name="arguments">An object.</param>
    /// <param name="unknown">What is said of an argument that is no parameter.</param>
    /// <returns>The values that could be read, and what is wrong with the others.</returns>
    public ArgumentReading Read(FormSchema schema, JsonElement arguments, string unknown)
    {
        var parameters = _known.TryGetValue(schema, out var known)
            ? known
            : _known.GetValue(schema, fresh => new ParameterSet(fresh, _lookups));
        var given = new JsonElement[parameters.All.Length];
        var problems = new ArgumentProblems();
        var strangers = Sort(arguments, parameters, given);
        var values = Settle(parameters, ReadValues(parameters, given, problems), given, problems);
        foreach (var name in strangers.Told)
        {
            problems.Add(() =>
                new(Quotable.Show(name, MaxName), unknown, problems.NearestOf(name, parameters.Names, onlyIfClose: true))
            );
        }

        problems.AddUntold(strangers.Count - strangers.Told.Count);
        return new ArgumentReading(new FilledForm(schema, values), problems);
    }

    /// <summary>What no parameter can be judged for by itself.</summary>
    private static ImmutableArray<FilledValue> Settle(
        ParameterSet parameters,
        ImmutableArray<FilledValue> values,
        JsonElement[] given,
        ArgumentProblems problems
    )
    {
        var distinct = parameters.HasSharedKeys ? SharedKeys.Settle(values, problems) : values;
        return parameters.HasObjects
            ? ObjectRules.Settle(parameters.All, distinct, place => !ValueReader.IsBlank(given[place]), problems)
            : distinct;
    }

    /// <summary>Puts each argument to its parameter, the last of equal names as JSON readers do, and gives back those that have
    /// none.</summary>
    private (List<string> Told, int Count) Sort(JsonElement arguments, ParameterSet parameters, JsonElement[] given)
    {
        var told = new List<string>();
        var count = 0;
        foreach (var argument in arguments.EnumerateObject())
        {
            if (parameters.Find(argument) is { } place)
            {
                given[place] = argument.Value;
            }
            else if (argument.Name is var name && !ignored.Contains(name) && ++count <= ArgumentProblems.MaxTold)
            {
                told.Add(name);
            }
        }

        return (told, count);
    }

    private static ImmutableArray<FilledValue> ReadValues(ParameterSet parameters, JsonElement[] given, ArgumentProblems problems)
    {
        var values = ImmutableArray.CreateBuilder<FilledValue>();
        for (var place = 0; place < given.Length; place++)
        {
            if (Read(parameters.All[place], given[place], problems) is { } value)
            {
                values.Add(value);
            }
        }

        return values.DrainToImmutable();
    }

    private static FilledValue? Read(Parameter parameter, JsonElement given, ArgumentProblems problems)
    {
        var isMissing = given.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;
        var read = isMissing ? ValueReading.Empty : ValueReader.Read(parameter, given, problems);
        if (!read.IsEmpty || parameter.Default is not null)
        {
            return read.IsEmpty ? parameter.Default : read.Value;
        }

        if (parameter.IsRequired)
        {
            TellMissing(parameter.Property, isMissing ? "missing" : "empty", problems);
        }

        return null;
    }

    // Apart, so that the many parameters that are in order pay for no closure.
    private static void TellMissing(FormProperty property, string how, ArgumentProblems problems) =>
        problems.Add(() => new(property.Key, $"is required and {how}. {Expectation.Of(property)}", []));
}

/// <summary>What a call's arguments came to.</summary>
/// <param name="Form">The values that could be read, with the form's defaults.</param>
public sealed record ArgumentReading(FilledForm Form, ArgumentProblems Problems);
