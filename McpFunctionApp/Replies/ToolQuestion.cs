namespace McpFunctionApp.Replies;

/// <summary>What a person is to be asked before a call can go on: the <c>input_required</c> of revision 2026-07-28.</summary>
/// <param name="InputRequests">An object of requests to the client, by names that its answers carry.</param>
/// <param name="State">What the client sends back with them.</param>
public sealed record ToolQuestion(JsonElement InputRequests, string State);
