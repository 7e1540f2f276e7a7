using System.Buffers;
using System.Globalization;
using System.Text;

namespace McpFunctionApp.Replies;

/// <summary>Puts a text from outside on one line, character by character: what is not to be seen is left out.</summary>
internal sealed class LineBuilder(int capacity)
{
    // The scripts that stack most marks over one character need no more.
    private const int MaxMarks = 6;

    private readonly StringBuilder _line = new(capacity);
    private Rune _before;
    private int _marks;

    /// <summary>Takes the first character of the rest of the text, or a sequence that belongs together.</summary>
    /// <returns>How many UTF-16 units that was.</returns>
    public int Take(ReadOnlySpan<char> rest)
    {
        var isText = Rune.DecodeFromUtf16(rest, out var rune, out var length) == OperationStatus.Done;
        if (Invisible.IsWithoutWidth(rune))
        {
            var kept = Invisible.CountKept(rest, rune, _before);
            Append(rest[..kept]);
            return Math.Max(kept, Invisible.CountTogether(rest, rune));
        }

        if (!isText || Rune.IsWhiteSpace(rune) || IsUnreadable(rune))
        {
            _before = default;
            _marks = 0;
            return length;
        }

        _marks = Invisible.IsMark(rune) ? _marks + 1 : 0;
        Append(_marks > MaxMarks ? [] : rest[..length]);
        return length;
    }

    public override string ToString() => _line.ToString();

    private void Append(ReadOnlySpan<char> characters)
    {
        if (characters.IsEmpty)
        {
            return;
        }

        if (_before == default && _line.Length > 0)
        {
            _line.Append(' ');
        }

        _line.Append(characters);
        Rune.DecodeLastFromUtf16(characters, out _before, out _);
    }

    /// <summary>Control characters, line ends, lone surrogates and what no font has.</summary>
    public static bool IsUnreadable(Rune rune) =>
        rune == Rune.ReplacementChar
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned;
}
