using System.Text.Json.Nodes;
using McpFunctionApp.Tests.FunctionsHost.Protocol;

namespace McpFunctionApp.Tests.FunctionsHost;

/// <summary>A function as the worker has told it, with what the host needs of its trigger.</summary>
/// <param name="Route">The route of an HTTP trigger; null for a timer.</param>
/// <param name="Verbs">The verbs of an HTTP trigger, in upper case.</param>
/// <param name="Level">Who may call an HTTP trigger: <c>Anonymous</c>, <c>Function</c> or <c>Admin</c>.</param>
/// <param name="Schedule">A timer's schedule; null for an HTTP trigger.</param>
internal sealed record IndexedFunction(
    string Id,
    string Name,
    string TriggerName,
    string? Route,
    IReadOnlyList<string> Verbs,
    string? Level,
    string? Schedule
)
{
    public bool IsHttp => Schedule is null;

    public static IndexedFunction Read(RpcFunctionMetadata metadata)
    {
        var trigger = metadata
            .RawBindings.Select(raw => JsonNode.Parse(raw, new JsonNodeOptions { PropertyNameCaseInsensitive = true })!)
            .Single(binding => ((string)binding["type"]!).EndsWith("Trigger", StringComparison.OrdinalIgnoreCase));
        return new IndexedFunction(
            metadata.FunctionId,
            metadata.Name,
            (string)trigger["name"]!,
            (string?)trigger["route"],
            [.. (trigger["methods"]?.AsArray() ?? []).Select(verb => ((string)verb!).ToUpperInvariant())],
            (string?)trigger["authLevel"],
            (string?)trigger["schedule"]
        );
    }

    public override string ToString() =>
        IsHttp ? $"{Name}: {string.Join(',', Verbs)} {Route} ({Level})" : $"{Name}: timer {Schedule}";
}
