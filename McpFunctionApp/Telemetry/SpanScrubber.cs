using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace McpFunctionApp.Telemetry;

/// <summary>
/// Takes out of the libraries' spans what a client or a document may have written: the SDK puts tools' names as the
/// client wrote them, addresses of resources, and whole error results into its spans, and web addresses may hold anything.
/// </summary>
internal sealed class SpanScrubber : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> s_kept = new[]
    {
        Attributes.Protocol,
        Attributes.ErrorType,
        Attributes.StatusCode,
        "network.transport",
        "network.protocol.name",
        "network.protocol.version",
        "http.request.method",
        "http.response.status_code",
        "http.route",
        "url.scheme",
        "http.request.resend_count",
        "faas.name",
        "faas.invocation_id",
    }.ToFrozenSet(StringComparer.Ordinal);

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == AppSpans.SourceName)
        {
            return;
        }

        if (data.Source.Name == TelemetryExport.HttpClient && data.ParentSpanId == default)
        {
            // No span of this app has made it: the worker's stream to its host, or how an exporter signs in.
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }

        foreach (var (name, value) in data.TagObjects.ToArray())
        {
            data.SetTag(name, Kept(data, name, value));
        }

        data.DisplayName = data.Source.Name switch
        {
            TelemetryExport.McpSdk => data.GetTagItem(Attributes.Method) as string ?? McpMethods.Other,
            TelemetryExport.AspNetCore =>
                $"{data.GetTagItem("http.request.method") ?? "HTTP"} {data.GetTagItem("http.route")}".TrimEnd(),
            _ => data.DisplayName,
        };

        data.SetStatus(data.Status);
    }

    /// <returns>Null: the attribute is taken out.</returns>
    private static object? Kept(Activity span, string name, object? value) =>
        name switch
        {
            Attributes.Method => McpMethods.Known(value as string ?? ""),

            // Where this app calls, settings say; where it is called, clients do.
            "server.address" or "server.port" => span.Kind == ActivityKind.Client ? value : null,
            _ => s_kept.Contains(name) ? value : null,
        };
}
