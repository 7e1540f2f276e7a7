using System.Collections.Immutable;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Sources;

/// <summary>
/// Reads a <c>fieldList</c>: the entries that take a value, wherever they stand. Sections take none; what stands within
/// one, or names it by <c>sectionId</c>, goes with it when it is hidden or for other groups.
/// </summary>
internal sealed class FieldListReader(FormNotes notes)
{
    /// <summary>The options that are read of one form, all its fields together: more would take hundreds of megabytes.</summary>
    public const int MaxOptions = 200_000;

    // What has more is no form; looking at a million of them would cost seconds.
    private const int MaxFaults = 20_000;

    // More would be a ring, or a form made to cost time.
    private const int MaxSections = 64;

    private static readonly string[] s_within = ["fields", "fieldList", "children"];
    private static readonly string[] s_ids = ["id", "paramName", "name"];

    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, Entry> _sections = new(StringComparer.Ordinal);
    private readonly ImmutableArray<FormField>.Builder _fields = ImmutableArray.CreateBuilder<FormField>();
    private readonly ImmutableArray<FieldFault>.Builder _faults = ImmutableArray.CreateBuilder<FieldFault>();
    private int _options;

    /// <returns>The form, or null and what was wrong with the list.</returns>
    public FormAnswer? Read(JsonElement list, out string problem)
    {
        Collect(list, null);
        for (var place = 0; place < _entries.Count && _faults.Count <= MaxFaults; place++)
        {
            ReadOne(_entries[place], place);
        }

        problem =
            _faults.Count > MaxFaults ? $"more than {MaxFaults} of its fields cannot be read"
            : _faults.Count > 0 && _fields.Count == 0 ? "none of its fields can be read"
            : "";
        return problem.Length > 0 ? null : new FormAnswer(_fields.ToImmutable(), _faults.ToImmutable());
    }

    private void Collect(JsonElement list, Entry? within)
    {
        foreach (var element in list.EnumerateArray())
        {
            var entry = new Entry(element.ValueKind == JsonValueKind.Object ? new FieldMembers(element) : null, within);
            if (entry.Members is not { } members || !FieldSection.IsSection(members))
            {
                _entries.Add(entry);
                continue;
            }

            foreach (var id in s_ids.Select(members.Key).Where(id => id.Length > 0))
            {
                _sections.TryAdd(id, entry);
            }

            foreach (
                var nested in s_within.Select(name => members[name]).Where(nested => nested.ValueKind == JsonValueKind.Array)
            )
            {
                Collect(nested, entry);
            }
        }
    }

    private void ReadOne(Entry entry, int place)
    {
        var sections = Sections(entry);
        try
        {
            var members = entry.Members ?? throw new FormatException("is not an object");
            var own = OptionReader.OfFieldList.Count(members["options"]);
            if (_options + own > MaxOptions)
            {
                throw new FormatException($"has more options than can be read, {MaxOptions} in the whole form");
            }

            _options += own;
            _fields.Add(FieldReader.Read(members, sections, notes));
        }
        catch (FormatException e)
        {
            _faults.Add(FieldReader.Fault(entry.Members, sections, place, e.Message));
        }
    }

    /// <summary>The sections that a field stands in or names, and those that these stand in or name.</summary>
    private IReadOnlyList<FieldSection> Sections(Entry entry)
    {
        var sections = new HashSet<Entry>();
        var open = new Stack<Entry>([entry]);
        while (sections.Count < MaxSections && open.TryPop(out var inner))
        {
            var named = inner.Members is { } members ? _sections.GetValueOrDefault(members.Key("sectionId")) : null;
            foreach (var outer in new[] { inner.Within, named }.OfType<Entry>().Where(sections.Add))
            {
                open.Push(outer);
            }
        }

        return sections.Count >= MaxSections ? [FieldSection.TooDeep] : [.. sections.Select(section => section.Own)];
    }

    /// <summary>One entry of the list, and the section in whose list it stands.</summary>
    private sealed class Entry(FieldMembers? members, Entry? within)
    {
        private FieldSection? _own;

        public FieldMembers? Members => members;

        public Entry? Within => within;

        /// <summary>Who may see it, where it is a section: read once for all that goes with it.</summary>
        public FieldSection Own => _own ??= FieldSection.Of(members!);
    }
}
