using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bench.Load;

/// <summary>A form with places for a name.</summary>
internal sealed class FormTemplate
{
    private const string Place = "@name@";

    private readonly string[] _parts;

    private FormTemplate(JsonNode form) => _parts = form.ToJsonString().Split(Place);

    /// <summary>The name is in the description of the first field.</summary>
    public static FormTemplate Group(byte[] form)
    {
        var group = JsonNode.Parse(form)!;
        group["fieldList"]![0]!["description"] = Place;
        return new FormTemplate(group);
    }

    /// <summary>The name is in the default and the description of the subject.</summary>
    public static FormTemplate Own(byte[] form)
    {
        var own = JsonNode.Parse(form)!;
        var subject = own["fieldList"]!.AsArray().Single(field => (string?)field!["paramName"] == "subject")!;
        subject["defaultValue"] = $"A request of {Place}";
        subject["description"] = $"What {Place} wants.";
        return new FormTemplate(own);
    }

    /// <summary>The name is in each option's texts.</summary>
    public static FormTemplate Options(byte[] form)
    {
        var all = JsonNode.Parse(form)!;
        foreach (var field in all["fieldList"]!.AsArray().Where(field => field!["options"] is JsonArray))
        {
            field!["options"] = new JsonArray([.. field["options"]!.AsArray().Select(option => Renamed(option!))]);
        }

        return new FormTemplate(all);
    }

    public byte[] Of(string name) => Encoding.UTF8.GetBytes(string.Join(name, _parts));

    private static JsonNode Renamed(JsonNode option)
    {
        if (option is not JsonObject members)
        {
            return $"{option} {Place}";
        }

        var renamed = members.DeepClone().AsObject();
        foreach (var (name, value) in members.Where(member => member.Value?.GetValueKind() == JsonValueKind.String))
        {
            renamed[name] = $"{value} {Place}";
        }

        return renamed;
    }
}
