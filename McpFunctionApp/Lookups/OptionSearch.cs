using System.Collections.Immutable;
using System.Numerics;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Lookups;

/// <summary>
/// Finds options by a part of their label: first the label itself, then labels that begin so, then those with such words,
/// then what is near. Within each in the form's order, near ones the nearest and shortest first. Masks of the letters in each
/// label
/// are made once, so that most labels are passed over without a look at their text.
/// </summary>
internal sealed class OptionSearch
{
    // Bounds the time of one search on lists of any length: pairs of characters compared while looking for near words.
    private const long MaxCompared = 1_000_000;

    // More are no longer looked for one by one.
    private const int MaxWords = 8;

    private readonly FormOptionSet _options;
    private readonly ulong[] _masks;
    private readonly int _maxLabel;

    public OptionSearch(FormOptionSet options)
    {
        _options = options;
        _masks = new ulong[options.Length];
        _maxLabel = options.MaxLabelLength();
        var buffer = new char[_maxLabel];
        for (var place = 0; place < _masks.Length; place++)
        {
            _masks[place] = OptionWords.MaskOf(options.LabelAt(place, buffer));
        }
    }

    /// <param name="query">Blank: every option matches.</param>
    /// <param name="count">How many labels are given at most.</param>
    public FoundOptions Find(string query, int count)
    {
        var text = query.Trim();
        if (text.Length == 0)
        {
            return new([.. _options.Take(count).Select(option => option.Label)], _options.Length);
        }

        var found = FindWritten(text, count);
        return found.Total >= count ? found : AddNear(found, text, count);
    }

    private FoundOptions FindWritten(string text, int count)
    {
        var mask = OptionWords.MaskOf(text);
        var words = SplitWords(text);
        var ranks = new RankedPlaces(3, count);
        var buffer = new char[_maxLabel];
        for (var place = 0; place < _masks.Length; place++)
        {
            if ((mask & ~_masks[place]) == 0 && RankOf(_options.LabelAt(place, buffer), text, words) is { } rank)
            {
                ranks.Add(rank, place);
            }
        }

        return new([.. ranks.Best.Select(place => _options.LabelAt(place))], ranks.Total);
    }

    private static int? RankOf(ReadOnlySpan<char> label, string text, string[] words)
    {
        if (label.StartsWith(text, StringComparison.OrdinalIgnoreCase))
        {
            return label.Length == text.Length ? 0 : 1;
        }

        return OptionWords.BeginsWord(label, text) || (words.Length is > 1 and <= MaxWords && HasAll(label, words)) ? 2 : null;
    }

    private static bool HasAll(ReadOnlySpan<char> label, string[] words)
    {
        foreach (var word in words)
        {
            if (!OptionWords.BeginsWord(label, word))
            {
                return false;
            }
        }

        return true;
    }

    private FoundOptions AddNear(FoundOptions found, string text, int count)
    {
        var near = FindNear(text, found.Labels, count - found.Labels.Length);
        return new([.. found.Labels, .. near.Best.Select(place => _options.LabelAt(place))], found.Total + near.Total);
    }

    private RankedPlaces FindNear(string text, ImmutableArray<string> known, int count)
    {
        var words = new NearWords(SplitWords(text) is { Length: <= MaxWords } few ? few : [], MaxCompared);
        var taken = known.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        var ranks = new RankedPlaces(2 * (NearWords.MaxDistance + 1), count);
        var buffer = new char[_maxLabel];
        for (var place = 0; place < _masks.Length && !words.IsSpent; place++)
        {
            if (BitOperations.PopCount(words.Mask & ~_masks[place]) > words.Allowed)
            {
                continue;
            }

            var label = _options.LabelAt(place, buffer);
            if (words.DistanceTo(label) is { } distance && !taken.Contains(label))
            {
                ranks.Add((2 * distance) + (label.Length > text.Length + 2 ? 1 : 0), place);
            }
        }

        return ranks;
    }

    private static string[] SplitWords(string text)
    {
        var words = new List<string>();
        var at = 0;
        while (OptionWords.Next(text, ref at) is { Length: > 0 } word)
        {
            words.Add(word.ToString());
        }

        return [.. words];
    }
}

/// <summary>What a search for options came to.</summary>
/// <param name="Labels">The best matches.</param>
/// <param name="Total">How many options match.</param>
internal readonly record struct FoundOptions(ImmutableArray<string> Labels, int Total);
