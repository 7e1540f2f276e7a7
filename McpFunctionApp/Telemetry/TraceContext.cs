using System.Diagnostics;

namespace McpFunctionApp.Telemetry;

/// <summary>
/// Takes part in traces (W3C Trace Context), and in nothing else: what clients send as baggage is theirs, and does not
/// go on to form APIs, Elasticsearch and table storage.
/// </summary>
internal sealed class TraceContext : DistributedContextPropagator
{
    private static readonly DistributedContextPropagator s_w3c = CreateW3CPropagator();

    public override IReadOnlyCollection<string> Fields => s_w3c.Fields;

    /// <summary>The trace that a message goes on with, by the keys <c>traceparent</c> and <c>tracestate</c> of its <c>_meta</c>;
    /// the default where it names none.</summary>
    public static ActivityContext Of(JsonElement? parameters)
    {
        if (
            parameters is not { ValueKind: JsonValueKind.Object } given
            || !given.TryGetProperty("_meta"u8, out var meta)
            || meta.ValueKind != JsonValueKind.Object
        )
        {
            return default;
        }

        s_w3c.ExtractTraceIdAndState(meta, ReadMember, out var parent, out var state);
        return ActivityContext.TryParse(parent, state, isRemote: true, out var context) ? context : default;
    }

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) =>
        s_w3c.Inject(activity, carrier, setter);

    public override void ExtractTraceIdAndState(
        object? carrier,
        PropagatorGetterCallback? getter,
        out string? traceId,
        out string? traceState
    ) => s_w3c.ExtractTraceIdAndState(carrier, getter, out traceId, out traceState);

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(
        object? carrier,
        PropagatorGetterCallback? getter
    ) => null;

    private static void ReadMember(object? meta, string name, out string? value, out IEnumerable<string>? values)
    {
        values = null;
        value =
            ((JsonElement)meta!).TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
                ? member.GetString()
                : null;
    }
}
