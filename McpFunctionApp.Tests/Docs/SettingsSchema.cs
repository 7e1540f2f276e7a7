using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace McpFunctionApp.Tests.Docs;

/// <summary>Writes McpFunctionApp/appsettings.schema.json, a JSON Schema of draft 7, which editors know best.</summary>
internal static partial class SettingsSchema
{
    private static readonly JsonSerializerOptions s_readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(IReadOnlyList<DescribedSetting> settings)
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Settings of MCP Function App",
            ["type"] = "object",
        };
        var properties = new JsonObject { ["$schema"] = new JsonObject { ["type"] = "string" } };
        foreach (var group in settings.GroupBy(setting => setting.Path[0]))
        {
            properties[group.Key] = Below(group, 1, isOurs: group.Key != "Logging");
        }

        schema["properties"] = properties;
        return schema.ToJsonString(s_readable) + "\n";
    }

    /// <param name="depth">How many parts of the settings' names have led here.</param>
    private static JsonObject Below(IEnumerable<DescribedSetting> settings, int depth, bool isOurs)
    {
        var own = settings.SingleOrDefault(setting => setting.Path.Length == depth);
        var parts = settings.Where(setting => setting.Path.Length > depth).GroupBy(setting => setting.Path[depth]).ToList();
        return parts.Count == 0 ? ValueOf(own!)
            : own is null ? Section(parts, depth, isOurs)
            : new JsonObject { ["anyOf"] = new JsonArray(ValueOf(own), Section(parts, depth, isOurs)) };
    }

    private static JsonObject Section(List<IGrouping<string, DescribedSetting>> parts, int depth, bool isOurs)
    {
        if (parts is [{ Key: "0" } entry])
        {
            return List(entry, depth, isOurs);
        }

        if (parts is [{ Key: ['{', ..] } any])
        {
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = Below(any, depth + 1, isOurs) };
        }

        var members = parts.Select(part => KeyValuePair.Create(part.Key, (JsonNode?)Below(part, depth + 1, isOurs)));
        return new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = !isOurs,
            ["properties"] = new JsonObject(members),
        };
    }

    private static JsonObject List(IGrouping<string, DescribedSetting> entry, int depth, bool isOurs)
    {
        var items = Below(entry, depth + 1, isOurs);
        var list = new JsonObject { ["type"] = "array", ["items"] = items };
        return entry.First() is { IsListOrText: true }
            ? new JsonObject { ["anyOf"] = new JsonArray(items.DeepClone(), list) }
            : list;
    }

    private static JsonObject ValueOf(DescribedSetting setting)
    {
        var value = new JsonObject { ["type"] = setting.Type, ["description"] = Plain(DescriptionOf(setting)) };
        if (setting.Range is { } range)
        {
            value["minimum"] = JsonNode.Parse(range.Least);
            value["maximum"] = JsonNode.Parse(range.Most);
        }

        if (setting is { Description.Default: null, ReaderDefault: { } otherwise })
        {
            value["default"] = JsonNode.Parse(otherwise);
        }

        if (setting.Description.Values.Length > 0)
        {
            value["enum"] = new JsonArray([.. setting.Description.Values.Select(word => (JsonNode?)word)]);
        }

        return value;
    }

    private static string DescriptionOf(DescribedSetting setting) =>
        setting.Description switch
        {
            { Default: { } otherwise } => $"{setting.Description.Meaning}. Default: {otherwise}.",
            _ => $"{setting.Description.Meaning}.",
        };

    /// <summary>Links become their texts, and nothing is marked as code.</summary>
    private static string Plain(string markdown) => Link().Replace(markdown, "$1").Replace("`", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();
}
