using System.Text;

namespace McpFunctionApp.Tests.Fuzz;

/// <summary>JSON that may be changed into what is none: members may be there twice, keys and leaves are raw text.</summary>
internal sealed class JsonTree
{
    public List<(string Key, JsonTree Value)>? Members { get; private set; }

    public List<JsonTree>? Entries { get; private set; }

    public string Raw { get; private set; } = "";

    public static JsonTree Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    public static JsonTree Leaf(string raw) => new() { Raw = raw };

    public IEnumerable<JsonTree> All() =>
        (Members?.Select(member => member.Value) ?? Entries ?? []).SelectMany(child => child.All()).Prepend(this);

    public void Become(string raw)
    {
        Members = null;
        Entries = null;
        Raw = raw;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private static JsonTree Of(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => new()
            {
                Members =
                [
                    .. element.EnumerateObject().Select(member => (JsonSerializer.Serialize(member.Name), Of(member.Value))),
                ],
            },
            JsonValueKind.Array => new() { Entries = [.. element.EnumerateArray().Select(Of)] },
            _ => Leaf(element.GetRawText()),
        };

    private void Write(StringBuilder text)
    {
        if (Members is not null)
        {
            text.Append('{');
            foreach (var (key, value) in Members)
            {
                text.Append(text[^1] == '{' ? "" : ",").Append(key).Append(':');
                value.Write(text);
            }

            text.Append('}');
        }
        else if (Entries is not null)
        {
            text.Append('[').AppendJoin(',', Entries).Append(']');
        }
        else
        {
            text.Append(Raw);
        }
    }
}
