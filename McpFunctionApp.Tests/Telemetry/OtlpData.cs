using System.Globalization;
using System.Text;

namespace McpFunctionApp.Tests.Telemetry;

/// <summary>A span as it was received. <paramref name="Kind"/>: 1 internal, 2 server, 3 client. <paramref name="Status"/>: 2 is
/// an error.</summary>
internal sealed record OtlpSpan(
    string Service,
    string Scope,
    string Name,
    string TraceId,
    string Id,
    string ParentId,
    int Kind,
    int Status,
    string StatusText,
    IReadOnlyList<string> Links,
    IReadOnlyDictionary<string, string> Attributes
)
{
    public string? this[string attribute] => Attributes.GetValueOrDefault(attribute);

    public static OtlpSpan Read(Protobuf resource, Protobuf scope, Protobuf span)
    {
        var status = span.Messages(15).FirstOrDefault() ?? new Protobuf([]);
        return new OtlpSpan(
            Otlp.Attributes(resource.Messages(1).First(), 1)["service.name"],
            scope.Messages(1).First().Text(1),
            span.Text(5),
            Convert.ToHexStringLower(span.Bytes(1)),
            Convert.ToHexStringLower(span.Bytes(2)),
            Convert.ToHexStringLower(span.Bytes(4)),
            (int)span.Number(6),
            (int)status.Number(3),
            status.Text(2),
            [.. span.Messages(13).Select(link => Convert.ToHexStringLower(link.Bytes(1)))],
            Otlp.Attributes(span, 9)
        );
    }
}

/// <summary>One time series of a metric at one moment: a sum's or gauge's value, or how many a histogram counts.</summary>
internal sealed record OtlpPoint(
    string Scope,
    string Name,
    string Unit,
    ulong Count,
    IReadOnlyDictionary<string, string> Attributes
)
{
    private const int Gauge = 5;
    private const int Sum = 7;
    private const int Histogram = 9;

    public string? this[string attribute] => Attributes.GetValueOrDefault(attribute);

    public static IEnumerable<OtlpPoint> ReadAll(Protobuf scope, Protobuf metric)
    {
        foreach (var kind in (int[])[Gauge, Sum, Histogram])
        {
            foreach (var point in metric.Messages(kind).SelectMany(data => data.Messages(1)))
            {
                yield return new OtlpPoint(
                    scope.Messages(1).First().Text(1),
                    metric.Text(1),
                    metric.Text(3),
                    kind == Histogram ? point.Number(4) : point.Number(6),
                    Otlp.Attributes(point, kind == Histogram ? 9 : 7)
                );
            }
        }
    }
}

/// <summary>A line of the log as it was received. <paramref name="EventId"/>: 0 where it has none.</summary>
internal sealed record OtlpLog(
    string Service,
    string Category,
    string Level,
    int EventId,
    string Text,
    string TraceId,
    IReadOnlyDictionary<string, string> Attributes
)
{
    public string? this[string attribute] => Attributes.GetValueOrDefault(attribute);

    public static OtlpLog Read(Protobuf resource, Protobuf scope, Protobuf line)
    {
        var attributes = Otlp.Attributes(line, 6);
        return new OtlpLog(
            Otlp.Attributes(resource.Messages(1).First(), 1)["service.name"],
            scope.Messages(1).First().Text(1),
            line.Text(3),
            int.Parse(attributes.GetValueOrDefault("logrecord.event.id", "0"), CultureInfo.InvariantCulture),
            line.Messages(5).First().Text(1),
            Convert.ToHexStringLower(line.Bytes(9)),
            attributes
        );
    }
}

internal static class Otlp
{
    public static IReadOnlyDictionary<string, string> Attributes(Protobuf owner, int number) =>
        owner.Messages(number).ToDictionary(pair => pair.Text(1), pair => Value(pair.Messages(2).First()));

    private static string Value(Protobuf value) =>
        value.Has(1) ? value.Text(1)
        : value.Has(3) ? $"{value.Number(3)}"
        : Encoding.UTF8.GetString(value.Bytes(5));
}
