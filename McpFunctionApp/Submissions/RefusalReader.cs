using McpFunctionApp.Forms;

namespace McpFunctionApp.Submissions;

/// <summary>
/// Finds the reasons in the answer that refuses a request: messages for the whole, and problems of single fields, in the
/// shapes that service desks, frameworks (problem details, JSON:API, validation lists) and gateways have for them.
/// </summary>
internal sealed class RefusalReader(RefusalReasons reasons)
{
    private const int MaxDepth = 3;

    private static readonly string[] s_messages =
    [
        "message",
        "userMessage",
        "error",
        "error_description",
        "errorMessage",
        "errorMessages",
        "description",
        "title",
        "detail",
    ];

    public static SubmissionRefusal Read(
        SubmissionResponse response,
        JsonElement? json,
        IReadOnlyList<FormProperty> properties,
        string token
    )
    {
        var reasons = new RefusalReasons(new FieldNames(properties), token);
        if (json is { } root)
        {
            new RefusalReader(reasons).ReadRoot(root);
        }
        else if (!response.IsHtml(json) && !response.Text.StartsWith('<'))
        {
            reasons.AddMessage(response.Text);
        }

        return reasons.ToRefusal();
    }

    /// <param name="given">An object with <c>message</c>, a text or a list of them, and <c>problems</c>: a map by field, or a
    /// list of objects with <c>field</c> and <c>message</c>.</param>
    public static SubmissionRefusal Of(JsonElement given, IReadOnlyList<FormProperty> properties, string token)
    {
        var reasons = new RefusalReasons(new FieldNames(properties), token);
        var reader = new RefusalReader(reasons);
        foreach (var message in JsonMembers.Named(given, "message"))
        {
            reader.ReadList(message, null);
        }

        foreach (var problems in JsonMembers.Named(given, "problems"))
        {
            reader.ReadErrors(problems, 0, listsOnly: false);
        }

        return reasons.ToRefusal();
    }

    private void ReadRoot(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object)
        {
            ReadObject(root, 0);
        }
        else
        {
            ReadList(root, null);
        }
    }

    private void ReadObject(JsonElement answer, int depth)
    {
        if (!reasons.MayRead())
        {
            return;
        }

        foreach (var name in s_messages)
        {
            foreach (var value in JsonMembers.Named(answer, name))
            {
                ReadMember(name, value, depth);
            }
        }

        foreach (var value in JsonMembers.Named(answer, "errors"))
        {
            ReadErrors(value, 0, listsOnly: false);
        }

        foreach (var value in JsonMembers.Named(answer, "details"))
        {
            ReadErrors(value, 0, listsOnly: true);
        }

        foreach (var status in JsonMembers.Named(answer, "response_status").Select(JsonMembers.Single))
        {
            ReadObject(status, depth + 1);
        }

        foreach (var messages in JsonMembers.Named(answer, "messages"))
        {
            ReadList(messages, null);
        }

        if (reasons.IsEmpty && answer.ValueKind == JsonValueKind.Object)
        {
            ReadBare(answer);
        }
    }

    private void ReadMember(string name, JsonElement value, int depth)
    {
        if (value.ValueKind == JsonValueKind.Object && depth < MaxDepth)
        {
            ReadObject(value, depth + 1);
        }
        else
        {
            // A field may have such a name, too: {"description":["This field is required."]}.
            ReadList(value, value.ValueKind == JsonValueKind.Array && reasons.IsField(name) ? name : null);
        }
    }

    /// <summary>A list, or a map by field: of texts, lists or objects.</summary>
    private void ReadErrors(JsonElement errors, int depth, bool listsOnly)
    {
        if (errors.ValueKind != JsonValueKind.Object)
        {
            ReadList(errors, null);
            return;
        }

        foreach (var member in errors.EnumerateObject())
        {
            ReadOfField(member, depth, listsOnly);
        }
    }

    private void ReadOfField(JsonProperty member, int depth, bool listsOnly)
    {
        var isList = member.Value.ValueKind == JsonValueKind.Array;
        if ((listsOnly && !isList) || !reasons.MayRead() || JsonMembers.Name(member) is not { } name)
        {
            return;
        }

        if (member.Value.ValueKind == JsonValueKind.Object && RefusalEntry.Message(member.Value) is null && depth < MaxDepth)
        {
            ReadErrors(member.Value, depth + 1, listsOnly);
        }
        else
        {
            ReadList(member.Value, name);
        }
    }

    /// <param name="field">What its entries are about; null where they say so themselves.</param>
    private void ReadList(JsonElement list, string? field)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            ReadEntry(list, field);
            return;
        }

        foreach (var entry in list.EnumerateArray())
        {
            ReadEntry(entry, field);
        }
    }

    private void ReadEntry(JsonElement entry, string? field)
    {
        if (entry.ValueKind == JsonValueKind.String && reasons.MayRead())
        {
            reasons.Add(field is null ? [] : [field], JsonMembers.Text(entry));
        }
        else if (entry.ValueKind == JsonValueKind.Object && reasons.MayRead())
        {
            var own = RefusalEntry.Fields(entry, reasons);
            reasons.Add(
                own.Count > 0 ? own
                    : field is null ? []
                    : [field],
                RefusalEntry.Message(entry)
            );
        }
    }

    /// <summary>Nothing has one of the usual names: a bare map by field, or at least a code.</summary>
    private void ReadBare(JsonElement answer)
    {
        foreach (
            var member in answer
                .EnumerateObject()
                .Where(member => reasons.MayRead() && JsonMembers.Name(member) is { } name && reasons.IsField(name))
        )
        {
            ReadOfField(member, MaxDepth, listsOnly: false);
        }

        if (reasons.IsEmpty)
        {
            reasons.AddMessage(RefusalEntry.Message(answer));
        }
    }
}
