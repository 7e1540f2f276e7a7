using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Adapters.Presets;

/// <summary>What is asked of each preset before a system that answers in the shape of the vendor's public documentation, with
/// answers made up here.</summary>
internal static class PresetAsserts
{
    /// <param name="expected">A line for each parameter: name, kind, whether it is required, options, default.</param>
    public static async Task AssertFormAsync(this AdapterApp app, string expected)
    {
        var schema = await app.SchemaAsync();
        var required = schema["required"]?.AsArray().Select(name => (string)name!).ToHashSet() ?? [];
        var lines = schema["properties"]!
            .AsObject()
            .Select(property => Line(property.Key, property.Value!, required.Contains(property.Key)));
        Assert.Equal(expected, string.Join('\n', lines));
        Assert.DoesNotContain(app.App.Log.Of(1006), _ => true);
    }

    private static string Line(string name, JsonNode property, bool isRequired)
    {
        var options = (property["enum"] ?? property["items"]?["enum"])?.AsArray().Select(option => (string)option!);
        var kind = (string)property["type"]! switch
        {
            "array" => "choices",
            "string" => options is null ? "text" : "choice",
            var other => other,
        };
        return $"{name} {kind}{(isRequired ? " required" : "")}{(options is null ? "" : $" [{string.Join(", ", options)}]")}"
            + $"{(property["default"] is { } given ? $" = {given}" : "")}";
    }

    public static void AssertReceipt(this RpcAnswer call, string id, string number, string status, string? url)
    {
        Assert.False(call.IsError, call.Body);
        var receipt = call.Result["structuredContent"]!;
        Assert.Equal(
            (id, number, status, url),
            (
                receipt["id"]!.ToJsonString(),
                receipt["number"]?.ToJsonString(),
                (string?)receipt["status"],
                (string?)receipt["url"]
            )
        );
    }

    public static async Task AssertRefusedAsync(this AdapterApp app, string arguments, string message, params string[] problems)
    {
        var call = await app.CallAsync(arguments);
        Assert.Equal("submission_failed", call.ErrorCode);
        Assert.Contains(message, call.Text, StringComparison.Ordinal);
        Assert.Equal(problems.Order(), call.Text.Split('\n')[1..].Order());
    }
}
