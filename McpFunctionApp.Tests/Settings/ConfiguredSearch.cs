using McpFunctionApp.Search;

namespace McpFunctionApp.Tests.Settings;

/// <summary>What is made of settings below <c>Elasticsearch</c>.</summary>
internal static class ConfiguredSearch
{
    public const string Url = "https://search.example:9200";

    public static SearchOptions? Read(params (string, string?)[] settings)
    {
        var reader = Configured.Reader(settings);
        var options = SearchOptions.Read(reader);
        reader.ThrowIfFaulty();
        return options;
    }
}
