using System.Text.Json.Serialization;

namespace McpFunctionApp.Replies;

/// <summary>The structured answer of <c>add</c> and <c>multiply</c>.</summary>
public sealed record NumberAnswer(long Result);

/// <summary>The structured answer of <c>echo</c>.</summary>
public sealed record EchoAnswer(string Message);

/// <summary>The one source-generated JSON context: nothing is serialized by reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(NumberAnswer))]
[JsonSerializable(typeof(EchoAnswer))]
[JsonSerializable(typeof(CacheReport))]
[JsonSerializable(typeof(InvalidationReport))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(Refusal))]
[JsonSerializable(typeof(ResourceMetadata))]
internal sealed partial class AppJson : JsonSerializerContext;
