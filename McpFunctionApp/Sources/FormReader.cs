using System.Collections.Immutable;
using System.Text.Unicode;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Sources;

/// <summary>
/// Reads a form API's answer, <c>{"fieldList":[...]}</c>. Unknown members are ignored; a field of the wrong shape is
/// one fault and never fails the others; an answer without a list of fields is malformed as a whole.
/// </summary>
public static class FormReader
{
    /// <summary>The options that are read of one form, all its fields together: more would take hundreds of megabytes.</summary>
    public const int MaxOptions = 200_000;

    // What has more is no form; looking at a million of them would cost seconds.
    private const int MaxFaults = 20_000;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <returns>The form, or null and what was wrong with the answer.</returns>
    public static FormAnswer? Read(ReadOnlyMemory<byte> utf8, out string problem)
    {
        var body = WithoutMark(utf8);
        if (!Utf8.IsValid(body.Span))
        {
            problem = "the answer is not valid UTF-8";
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement, out problem);
        }
        catch (JsonException e)
        {
            problem = $"the answer is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})";
            return null;
        }
        catch (InvalidOperationException)
        {
            problem = "the answer has a member whose name is not valid Unicode";
            return null;
        }
    }

    /// <summary>The same without a byte order mark, which some APIs put before their JSON.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> utf8) =>
        utf8.Span.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;

    private static FormAnswer? Read(JsonElement root, out string problem)
    {
        problem = "";
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("fieldList", out var list)
            || list.ValueKind != JsonValueKind.Array)
        {
            problem = "the answer is not an object with a 'fieldList' array";
            return null;
        }

        var fields = ImmutableArray.CreateBuilder<FormField>();
        var faults = ImmutableArray.CreateBuilder<FieldFault>();
        var place = 0;
        var options = 0;
        foreach (var element in list.EnumerateArray())
        {
            var own = FieldReader.CountOptions(element);
            var isTooMuch = options + own > MaxOptions;
            options += isTooMuch ? 0 : own;
            ReadOne(element, place++, isTooMuch, fields, faults);
            if (faults.Count > MaxFaults)
            {
                problem = $"more than {MaxFaults} of its fields cannot be read";
                return null;
            }
        }

        return new FormAnswer(fields.ToImmutable(), faults.ToImmutable());
    }

    private static void ReadOne(
        JsonElement element, int place, bool isTooMuch, ImmutableArray<FormField>.Builder fields, ImmutableArray<FieldFault>.Builder faults)
    {
        try
        {
            if (isTooMuch)
            {
                throw new FormatException($"has more options than can be read, {MaxOptions} in the whole form");
            }

            fields.Add(FieldReader.Read(element));
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            faults.Add(FieldReader.Fault(element, place, e is FormatException ? e.Message : "holds text that is not valid Unicode"));
        }
    }
}
