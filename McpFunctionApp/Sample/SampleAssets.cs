using System.Text.Json.Nodes;

namespace McpFunctionApp.Sample;

/// <summary>Makes the options of the field asset: a choice far too long to write down, and the same in every run.</summary>
internal static class SampleAssets
{
    private const int Count = 1500;

    private static readonly string[] Kinds = ["Laptop", "Desktop", "Monitor", "Printer", "Phone", "Docking station", "Server"];

    private static readonly string[] Sites =
    [
        "Berlin",
        "Hamburg",
        "Vienna",
        "Zurich",
        "Paris",
        "Madrid",
        "London",
        "Boston",
        "Toronto",
    ];

    public static void FillIn(JsonObject form)
    {
        var asset = form["fieldList"]!.AsArray().FirstOrDefault(field => (string?)field!["paramName"] == "asset");
        if (asset is not null)
        {
            asset["options"] = new JsonArray([.. Enumerable.Range(0, Count).Select(Option)]);
        }
    }

    // 7 kinds and 9 sites have no common divisor, so every kind turns up at every site.
    private static JsonNode Option(int index) =>
        new JsonObject
        {
            ["id"] = index + 1,
            ["label"] = $"{Kinds[index % Kinds.Length]} {index + 1:0000} - {Sites[index % Sites.Length]}",
        };
}
