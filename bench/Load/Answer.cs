using System.Text;
using System.Text.Json.Nodes;

namespace Bench.Load;

/// <summary>A benchmark of wrong answers says nothing: what a server answers is looked at whole before it is measured.</summary>
internal static class Answer
{
    private static readonly string[] s_static = ["add", "echo", "multiply"];

    /// <exception cref="InvalidOperationException">The answer is not a result of this request.</exception>
    public static JsonObject To(Wire wire, Question question)
    {
        wire.Exchange(question.Bytes);
        var text = Encoding.UTF8.GetString(wire.Body);
        var answer = JsonNode
            .Parse(
                text.StartsWith('{')
                    ? text
                    : text.Split('\n').Single(line => line.StartsWith("data: {", StringComparison.Ordinal))["data: ".Length..]
            )!
            .AsObject();
        return question.IsAnsweredBy(wire.Status, wire.Body) && (int?)answer["id"] == 7 && answer["result"] is JsonObject
            ? answer
            : throw new InvalidOperationException($"HTTP {wire.Status}: {text}");
    }

    /// <summary>The four tools, the form with all the fields that the product lists for it.</summary>
    public static void CheckList(JsonObject answer, string tools)
    {
        var expected = JsonNode.Parse(File.ReadAllText(tools))!.AsArray();
        var listed = answer["result"]!["tools"]!.AsArray();
        Require(Names(listed).SequenceEqual(Names(expected)), "The list has other tools than the product's.");
        Require(Fields(listed).SequenceEqual(Fields(expected)), "The form in the list has other fields than the product's.");
    }

    public static void CheckStatic(JsonObject answer)
    {
        Require(
            Names(answer["result"]!["tools"]!.AsArray()).SequenceEqual(s_static),
            "The list without a token has other tools than the static ones."
        );
        Require(
            answer["result"]!["_meta"]!.ToJsonString().Contains("no_token", StringComparison.Ordinal),
            "The list without a token does not say why."
        );
    }

    public static void CheckSum(JsonObject answer)
    {
        Require((string?)answer["result"]!["content"]![0]!["text"] == "42", "40 + 2 is not 42 in the text.");
        Require((int?)answer["result"]!["structuredContent"]?["result"] == 42, "40 + 2 is not 42 in the structured content.");
    }

    /// <summary>The receipt repeats every argument.</summary>
    public static void CheckReceipt(JsonObject answer, string arguments)
    {
        var data = answer["result"]!["structuredContent"]!["data"]!.AsObject();
        Require(
            JsonNode.Parse(arguments)!.AsObject().All(argument => JsonNode.DeepEquals(data[argument.Key], argument.Value)),
            "The receipt has other data than was sent."
        );
    }

    public static void Require(bool isRight, string problem)
    {
        if (!isRight)
        {
            throw new InvalidOperationException(problem);
        }
    }

    private static IEnumerable<string?> Names(JsonArray tools) => tools.Select(tool => (string?)tool!["name"]);

    private static IEnumerable<string> Fields(JsonArray tools) =>
        tools.Single(tool => (string?)tool!["name"] == "create_request")!["inputSchema"]!["properties"]!
            .AsObject()
            .Select(property => property.Key);
}
