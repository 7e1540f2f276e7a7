using McpFunctionApp.Settings;

namespace McpFunctionApp.Telemetry;

/// <summary>A receiver that takes OTLP, the protocol of OpenTelemetry.</summary>
/// <param name="Protocol"><c>grpc</c> or <c>http/protobuf</c>.</param>
[Setting(
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "Where spans, metrics and logs are sent by OTLP, such as `http://localhost:4317`; with OpenTelemetry's other "
        + "`OTEL_...` settings: see [Operations](operations.md#turn-telemetry-on)",
    Default = "none"
)]
[Setting("OTEL_EXPORTER_OTLP_PROTOCOL", "How OTLP is sent", Default = "`grpc`", Values = ["grpc", "http/protobuf"])]
public sealed record OtlpReceiverOptions(Uri Endpoint, string Protocol)
{
    public const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ProtocolSetting = "OTEL_EXPORTER_OTLP_PROTOCOL";

    /// <returns>Null where no endpoint is set, or a fault was noted.</returns>
    public static OtlpReceiverOptions? Read(SettingsReader settings)
    {
        if (settings.Text(EndpointSetting) is not { } text)
        {
            return null;
        }

        var protocol = settings.Text(ProtocolSetting) ?? "grpc";
        if (protocol is not ("grpc" or "http/protobuf"))
        {
            settings.Fault($"{ProtocolSetting} must be grpc or http/protobuf.");
        }

        // The address is not repeated: it may hold what should not be read.
        if (HttpAddress.Of(text) is not { } endpoint || endpoint.UserInfo.Length > 0)
        {
            settings.Fault(
                $"{EndpointSetting} must be the http or https address of an OTLP receiver, such as http://localhost:4317, "
                    + "without a user name; credentials go into OTEL_EXPORTER_OTLP_HEADERS."
            );
            return null;
        }

        return new OtlpReceiverOptions(endpoint, protocol);
    }

    public override string ToString() => $"{Endpoint.Scheme}://{Endpoint.Authority} ({Protocol})";
}
