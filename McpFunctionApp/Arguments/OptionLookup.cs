using McpFunctionApp.Forms;

namespace McpFunctionApp.Arguments;

/// <summary>What looking for an option came to.</summary>
/// <param name="Option">Null where there is none.</param>
/// <param name="Other">A second one that could be meant just as well.</param>
internal readonly record struct OptionMatch(FormOption? Option, FormOption? Other)
{
    public bool IsOne => Option is not null && Other is null;
}

/// <summary>
/// Finds the option that a text means: by its label; else by the label without differences of white space, Unicode form
/// and case; else by its submitted value or id. Indexes are made when they are first needed.
/// </summary>
internal sealed class OptionLookup(FormOptionSet options)
{
    private HashIndex? _labels;
    private HashIndex? _folded;
    private HashIndex? _values;

    private enum Name
    {
        Label,
        Folded,
        Value,
    }

    private HashIndex Labels => _labels ??= new HashIndex(options.Length, place => [options.LabelAt(place)]);

    private HashIndex Folded => _folded ??= new HashIndex(options.Length, place => [FieldText.Fold(options.LabelAt(place))]);

    private HashIndex Values => _values ??= new HashIndex(options.Length, place => OptionValue.Names(options[place]));

    public OptionMatch Find(string text)
    {
        var exact = Match(Labels, Name.Label, text);
        if (exact.IsOne)
        {
            return exact;
        }

        var folded = FieldText.Fold(text);
        var byLabel = folded.Length == 0 ? default : Match(Folded, Name.Folded, folded);
        if (byLabel.IsOne)
        {
            return byLabel;
        }

        var byValue = ByValue(text);
        return byValue.IsOne || byLabel.Option is null ? byValue : byLabel;
    }

    private OptionMatch ByValue(string text)
    {
        var found = Match(Values, Name.Value, text);
        var trimmed = text.Trim();
        return found.Option is null && trimmed.Length < text.Length ? Match(Values, Name.Value, trimmed) : found;
    }

    private OptionMatch Match(HashIndex index, Name name, string text)
    {
        FormOption? first = null;
        var firstPlace = -1;
        foreach (var place in index.Find(text))
        {
            // An option may have one name twice.
            if (place == firstPlace || options[place] is var option && !IsCalled(option, name, text))
            {
                continue;
            }

            if (first is not null)
            {
                return new(first, option);
            }

            (first, firstPlace) = (option, place);
        }

        return new(first, null);
    }

    private static bool IsCalled(FormOption option, Name name, string text) =>
        name switch
        {
            Name.Label => option.Label == text,
            Name.Folded => FieldText.Fold(option.Label) == text,
            _ => OptionValue.Names(option).Contains(text),
        };
}
