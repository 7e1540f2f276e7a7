using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using McpFunctionApp.Telemetry;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Telemetry;

/// <summary>Keeps what one app measures; what other apps in the process measure is not its business.</summary>
internal sealed class MetricWatch : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Attributes)> _measured = new();

    public MetricWatch(IServiceProvider services)
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        services.GetRequiredService<AppMetrics>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == AppMetrics.MeterName && instrument.Meter.Scope == factory)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Asks for what is only measured when it is looked at.</summary>
    public void Look() => _listener.RecordObservableInstruments();

    /// <summary>A request is measured once it is over, which its client may know first.</summary>
    public async Task AssertRequestsAsync(double expected, string method, string outcome)
    {
        await Eventually.TrueAsync(() => Requests() >= expected, $"{expected} requests of {method} are {outcome}");
        Assert.Equal(expected, Requests());

        double Requests() => Sum("mcp_function_app.requests", ("mcp.method.name", method), ("mcp_function_app.outcome", outcome));
    }

    public double Sum(string name, params (string Name, string Value)[] attributes) => Of(name, attributes).Sum();

    public int Count(string name, params (string Name, string Value)[] attributes) => Of(name, attributes).Count();

    public void Dispose() => _listener.Dispose();

    private IEnumerable<double> Of(string name, (string Name, string Value)[] attributes) =>
        from one in _measured
        where
            one.Name == name
            && attributes.All(attribute => Equals(one.Attributes.GetValueOrDefault(attribute.Name), attribute.Value))
        select one.Value;

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue((instrument.Name, value, new Dictionary<string, object?>(tags.ToArray())));
}
