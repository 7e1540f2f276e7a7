using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace McpFunctionApp.Tests.Page;

/// <summary>
/// A form and answers of which each text is an attack, as a server would give them that lets all through: what the view makes of
/// them does not hang on what this server takes out.
/// </summary>
internal static class HostileForm
{
    /// <summary>A tag, a handler, a way out of an attribute, letters that turn the direction, and 1,000 characters without a
    /// break.</summary>
    public static readonly string Text =
        "<img src=x onerror=alert(1)>\"'><svg onload=alert(2)>\u202Egnp.exe\u2066" + new string('x', 1_000);

    /// <summary>What a chat passes on after a draft: each kind of field whose texts stand in places of their own.</summary>
    public static JsonNode Draft =>
        Result(
            Drafted(),
            new()
            {
                ["io.github.mcp-function-app/draft"] = "key",
                ["io.github.mcp-function-app/form"] = new JsonObject
                {
                    ["tool"] = "create_request",
                    ["title"] = Text,
                    ["fields"] = new JsonArray(
                        Field("line", "text", new() { ["default"] = Text, ["maxLength"] = 20 }),
                        Field("box", "boolean", []),
                        Field("one", "choice", new() { ["options"] = new JsonArray(Text, "b") }),
                        Field("boxes", "choices", new() { ["options"] = new JsonArray(Text, "b") }),
                        Field("words", "choices", []),
                        Field("listed", "choices", new() { ["options"] = Listed() }),
                        Field("far", "choice", new() { ["optionCount"] = 500 })
                    ),
                    ["values"] = new JsonObject
                    {
                        ["line"] = Text,
                        ["boxes"] = new JsonArray(Text),
                        ["words"] = new JsonArray(Text),
                    },
                    ["problems"] = Problems("line", "boxes[0]"),
                },
            }
        );

    /// <summary>What <c>find_options</c> finds.</summary>
    public static JsonNode Options => Result(new() { ["options"] = new JsonArray(Text), ["total"] = 9 });

    /// <summary>A text alone, of which no form can be made.</summary>
    public static JsonNode Plain => new JsonObject { ["content"] = Content() };

    /// <summary>What the page is listed: a form without a draft, one with, another tool, and why one is missing.</summary>
    public static JsonNode Tools =>
        new JsonObject
        {
            ["tools"] = new JsonArray(
                Tool(Text, false),
                Tool("create_request", false),
                Tool("draft_create_request", true),
                Tool($"other{Text}", true)
            ),
            ["_meta"] = new JsonObject
            {
                ["io.github.mcp-function-app/fallback"] = new JsonObject
                {
                    ["message"] = Text,
                    ["consentUrl"] = "javascript:alert(6)",
                    ["tools"] = new JsonArray(new JsonObject { ["name"] = Text, ["reason"] = Text }),
                },
            },
        };

    /// <summary>What is left of a draft where a chat drops <c>_meta</c>: a part of the form.</summary>
    public static JsonNode Part => Result(Drafted());

    public static JsonNode Receipt(string url) =>
        Result(
            new()
            {
                ["id"] = Text,
                ["number"] = Text,
                ["status"] = Text,
                ["timestamp"] = Text,
                ["note"] = Text,
                ["url"] = url,
                ["data"] = new JsonObject { ["line"] = Text, [Text] = new JsonArray(Text) },
            }
        );

    /// <summary>An error with problems: at a field, and at what is none.</summary>
    public static JsonNode Refusal(string code) => Error(new() { ["code"] = code, ["problems"] = Problems("line", Text) });

    /// <summary>An error that is only a text.</summary>
    public static JsonNode Failure(string code) => Error(new() { ["code"] = code });

    /// <summary>In each of these places stands the hostile text, letter by letter; it has become no element, and fits.</summary>
    public static async Task AssertShownAsync(IFrame form, params string[] places)
    {
        foreach (var place in places)
        {
            await Expect(form.Locator(place).First).ToContainTextAsync(Text);
        }

        Assert.Equal(0, await form.Locator("main img, main svg, main script, [onerror], [onload], [onclick]").CountAsync());
        Assert.True(await form.EvaluateAsync<bool>(PageBrowserTests.Fits));
    }

    private static JsonObject Tool(string name, bool isReadOnly) =>
        new()
        {
            ["name"] = name,
            ["title"] = Text,
            ["description"] = Text,
            ["annotations"] = new JsonObject { ["readOnlyHint"] = isReadOnly },
            ["inputSchema"] = new JsonObject
            {
                ["properties"] = new JsonObject
                {
                    ["line"] = new JsonObject
                    {
                        ["type"] = "string",
                        ["title"] = Text,
                        ["description"] = Text,
                        ["default"] = Text,
                    },
                },
            },
        };

    private static JsonObject Drafted() =>
        new()
        {
            ["tool"] = Text,
            ["ready"] = false,
            ["data"] = new JsonObject { [Text] = Text, ["words"] = new JsonArray(Text) },
            ["problems"] = Problems("words"),
        };

    private static JsonObject Field(string key, string kind, JsonObject more) =>
        new(
            more.DeepClone()
                .AsObject()
                .Concat([
                    KeyValuePair.Create<string, JsonNode?>("key", key),
                    new("kind", kind),
                    new("title", Text),
                    new("description", $"About {Text}"),
                    new("required", false),
                ])
                .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))
        );

    private static JsonArray Listed() => [.. Enumerable.Range(1, 25).Select(n => (JsonNode)$"{Text}{n}")];

    private static JsonArray Problems(params string[] parameters) =>
        [
            .. parameters.Select(parameter => new JsonObject
            {
                ["parameter"] = parameter,
                ["message"] = Text,
                ["nearest"] = new JsonArray(Text),
            }),
        ];

    private static JsonArray Content() => [new JsonObject { ["type"] = "text", ["text"] = Text }];

    private static JsonObject Result(JsonObject structured, JsonObject? meta = null) =>
        new()
        {
            ["content"] = Content(),
            ["structuredContent"] = structured,
            ["_meta"] = meta ?? [],
        };

    private static JsonObject Error(JsonObject error) =>
        new()
        {
            ["content"] = Content(),
            ["isError"] = true,
            ["_meta"] = new JsonObject { ["io.github.mcp-function-app/error"] = error },
        };
}
