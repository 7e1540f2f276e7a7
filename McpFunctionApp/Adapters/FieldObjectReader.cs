using System.Collections.Immutable;
using System.Globalization;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;
using McpFunctionApp.Sources;
using McpFunctionApp.Submissions;
using McpFunctionApp.Texts;

namespace McpFunctionApp.Adapters;

/// <summary>
/// Reads the field objects that an adapter's expression gave. One odd member never takes a field away, but for
/// <c>secret</c> and <c>offered</c>: what cannot be read there counts as secret, and as not offered.
/// </summary>
internal sealed class FieldObjectReader(FormNotes notes)
{
    // What has more is no form.
    private const int MaxFaults = 20_000;

    private readonly ImmutableArray<FormField>.Builder _fields = ImmutableArray.CreateBuilder<FormField>();
    private readonly ImmutableArray<FieldFault>.Builder _faults = ImmutableArray.CreateBuilder<FieldFault>();
    private int _options;

    /// <param name="list">An array.</param>
    public SourceForm Read(JsonElement list)
    {
        var place = 0;
        foreach (var entry in list.EnumerateArray())
        {
            ReadOne(entry, ++place);
            if (_faults.Count > MaxFaults)
            {
                return new SourceForm(null, $"more than {MaxFaults} of its fields cannot be read");
            }
        }

        return _faults.Count > 0 && _fields.Count == 0
            ? new SourceForm(null, "none of its fields can be read")
            : new SourceForm(new FormAnswer(_fields.ToImmutable(), _faults.ToImmutable()), "");
    }

    private void ReadOne(JsonElement entry, int place)
    {
        var members = entry.ValueKind == JsonValueKind.Object ? new FieldMembers(entry) : null;
        try
        {
            if (Read(members ?? throw new FormatException("is not an object")) is { } field)
            {
                _fields.Add(field);
            }
        }
        catch (FormatException e)
        {
            var name = Quotable.Shorten(HtmlText.Strip(members?.Text("name") ?? ""), 64);
            var required =
                members is not null
                && members.Flag("required") == true
                && members.Flag("secret") == false
                && OfferOf(members) == FieldOffer.Offered;
            _faults.Add(new FieldFault(name.Length > 0 ? name : $"field {place}", required, e.Message));
        }
    }

    private FormField? Read(FieldMembers members)
    {
        if (members.Key("key") is not { Length: > 0 } key)
        {
            throw new FormatException("has no 'key'");
        }

        _options += OptionReader.OfAdapter.Count(members["options"]);
        if (_options > FieldListReader.MaxOptions)
        {
            throw new FormatException($"has more options than can be read, {FieldListReader.MaxOptions} in the whole form");
        }

        var name =
            members.Text("name") is { Length: > 0 } text ? text
            : members.Key("param") is { Length: > 0 } param ? param
            : key;
        var (offer, required) = (Offer(members, name), IsRequired(members, name));
        if (offer != FieldOffer.Offered && !required)
        {
            // The adapter says so on purpose: nobody has to look at the form for it.
            notes.Detail(name, offer == FieldOffer.Secret ? "left out, it is a secret" : "left out, it cannot be offered here");
            return null;
        }

        var options = OptionReader.OfAdapter.Read(members["options"]);
        return Limited(
            members,
            Field(members, key, name, Kind(members, options, name), options) with
            {
                Offer = offer,
                Required = required,
            }
        );
    }

    private static FormField Field(
        FieldMembers members,
        string key,
        string name,
        PropertyKind kind,
        ImmutableArray<FieldOption> options
    ) =>
        new(key, name, kind)
        {
            Param =
                members.Key("param") is { Length: > 0 } param ? param
                : FieldIds.IsId(key) ? FieldIds.ParameterOf(name)
                : null,
            Description = members.Text("description"),
            Options = kind == PropertyKind.Boolean ? TruthOptions.Of(options) : options,
            Default = IsNone(members["default"]) ? default : members["default"].Clone(),
        };

    // How systems write that there is none.
    private static bool IsNone(JsonElement value) =>
        value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || value.GetRawText() is "\"\"" or "[]";

    private FormField Limited(FieldMembers members, FormField field) =>
        field.Kind switch
        {
            PropertyKind.Text => field with
            {
                Min = Positive(members, "minLength"),
                Max = Positive(members, "maxLength"),
                Pattern = Pattern(members, field.Name),
            },
            PropertyKind.Number or PropertyKind.Integer => field with
            {
                Min = members.Number("minimum"),
                Max = members.Number("maximum"),
            },
            PropertyKind.Date or PropertyKind.DateTime => field with { SubmittedFormat = Format(members, field.Name) },
            _ => field,
        };

    private static double? Positive(FieldMembers members, string name) =>
        members.Number(name) is > 0 and var limit ? limit : null;

    private PropertyKind Kind(FieldMembers members, ImmutableArray<FieldOption> options, string name)
    {
        var given = members.Text("kind").ToLowerInvariant();
        PropertyKind? kind = given switch
        {
            "text" => PropertyKind.Text,
            "number" => PropertyKind.Number,
            "integer" => PropertyKind.Integer,
            "boolean" => PropertyKind.Boolean,
            "date" => PropertyKind.Date,
            "date-time" => PropertyKind.DateTime,
            "choice" => PropertyKind.Choice,
            "choices" => PropertyKind.Choices,
            "cascade" => PropertyKind.Cascade,
            _ => null,
        };
        if (kind is null && given.Length > 0)
        {
            notes.Detail(name, $"its kind '{Quotable.Shorten(given)}' is none, and is ignored");
        }

        // Whatever it is called, what has options takes one of them.
        return options.IsEmpty ? kind ?? PropertyKind.Text
            : kind is PropertyKind.Choices ? PropertyKind.Choices
            : kind is PropertyKind.Boolean && TruthOptions.Of(options).Length == 2 ? PropertyKind.Boolean
            : kind is PropertyKind.Cascade || OptionReader.OfAdapter.HaveChildren(members["options"]) ? PropertyKind.Cascade
            : PropertyKind.Choice;
    }

    private FieldOffer Offer(FieldMembers members, string name)
    {
        var offer = OfferOf(members);
        if (members.Flag("secret") is not { } isSecret)
        {
            notes.Warn(name, "has a 'secret' that is neither true nor false, and counts as one");
            return FieldOffer.Secret;
        }

        if (offer is null)
        {
            notes.Warn(name, "has an 'offered' that is neither true nor false nor 'id', and counts as not offered");
        }

        return isSecret ? FieldOffer.Secret : offer ?? FieldOffer.NotHere;
    }

    /// <summary>Null where it cannot be read.</summary>
    private static FieldOffer? OfferOf(FieldMembers members) =>
        members["offered"].ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? FieldOffer.Offered
        : members.Text("offered") == "id" ? FieldOffer.ById
        : members.Flag("offered") is { } isOffered
            ? isOffered ? FieldOffer.Offered
                : FieldOffer.NotHere
        : null;

    private bool IsRequired(FieldMembers members, string name)
    {
        if (members.Flag("required") is { } isRequired)
        {
            return isRequired;
        }

        notes.Detail(name, "whether it is required cannot be read: taken for required");
        return true;
    }

    private string? Pattern(FieldMembers members, string name)
    {
        if (SafeText.Scalar(members["pattern"]) is not { } pattern || TextPattern.Create(pattern) is not null)
        {
            return SafeText.Scalar(members["pattern"]);
        }

        notes.Detail(name, "its pattern cannot be checked here, and is left to the form's own system");
        return null;
    }

    private string? Format(FieldMembers members, string name)
    {
        if (members.Text("format") is not { Length: > 0 } format)
        {
            return null;
        }

        if (format == SubmissionBody.Milliseconds)
        {
            return format;
        }

        try
        {
            return DateTimeOffset.UnixEpoch.ToString(format, CultureInfo.InvariantCulture).Length > 0 ? format : null;
        }
        catch (FormatException)
        {
            notes.Detail(name, "its date format is none, and is ignored");
            return null;
        }
    }
}
