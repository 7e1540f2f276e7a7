using System.Text;
using System.Text.Json.Nodes;
using McpFunctionApp.Adapters;

namespace McpFunctionApp.Tests.Adapters;

/// <summary>Adapters and expressions that tests write in a line.</summary>
internal static class Adapted
{
    public const int Megabyte = 1_048_576;

    public static ExpressionLimits Limits(int maxBytes = Megabyte, TimeProvider? time = null) =>
        new(maxBytes, time ?? TimeProvider.System);

    /// <summary>What an expression gives of a document, as JSON text; or why it gave nothing.</summary>
    public static string Evaluated(string expression, string document, ExpressionLimits? limits = null)
    {
        var result = new Expression("test", expression).Evaluate(
            digits => digits.Read(JsonElement.Parse(document)),
            limits ?? Limits()
        );
        return result.Json?.GetRawText() ?? result.Problem;
    }

    /// <summary>An adapter whose form and submission are at one origin.</summary>
    public static string Adapter(
        string fields,
        string? body = null,
        string? receipt = null,
        string? refusal = null,
        bool submits = true
    )
    {
        var adapter = new JsonObject
        {
            ["form"] = new JsonObject
            {
                ["get"] = new JsonObject { ["form"] = "{site}/form" },
                ["fields"] = fields,
            },
        };
        if (submits)
        {
            var submit = new JsonObject { ["post"] = "{site}/requests" };
            Add(submit, "body", body);
            adapter["submit"] = submit;
        }

        Add(adapter, "receipt", receipt);
        Add(adapter, "refusal", refusal);
        return adapter.ToJsonString();
    }

    /// <summary>Writes an adapter to a file that is gone with the test run's temporary folder.</summary>
    public static string File(string adapter)
    {
        var path = Path.Combine(Path.GetTempPath(), $"adapter-{Guid.NewGuid():n}.json");
        System.IO.File.WriteAllText(path, adapter, new UTF8Encoding(false));
        return path;
    }

    private static void Add(JsonObject into, string name, string? text)
    {
        if (text is not null)
        {
            into[name] = text;
        }
    }
}
