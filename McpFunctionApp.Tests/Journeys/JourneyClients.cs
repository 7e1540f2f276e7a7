using System.Reflection;
using Xunit.Sdk;

namespace McpFunctionApp.Tests.Journeys;

/// <summary>The clients that every journey is made with, by the names that the tests show.</summary>
internal static class JourneyClients
{
    public static IReadOnlyList<string> CSharp { get; } = ["C# handshake", "C# 2026-07-28"];

    public static IReadOnlyList<string> Node { get; } =
    ["TypeScript 1.x handshake", "TypeScript 2.x handshake", "TypeScript 2.x 2026-07-28"];

    public static IJourneyClient Of(string name) =>
        name switch
        {
            "C# handshake" => new CSharpClient("2025-11-25"),
            "C# 2026-07-28" => new CSharpClient("2026-07-28"),
            "TypeScript 1.x handshake" => new NodeClient("sdk1.mjs", "handshake"),
            "TypeScript 2.x handshake" => new NodeClient("client2.mjs", "handshake"),
            "TypeScript 2.x 2026-07-28" => new NodeClient("client2.mjs", "2026-07-28"),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };

    /// <summary>The revision that the client of this name must have agreed on, so that no journey is made in another era
    /// unnoticed.</summary>
    public static string RevisionOf(string name) =>
        name.EndsWith("handshake", StringComparison.Ordinal) ? "2025-11-25" : "2026-07-28";
}

/// <summary>One row for each era of the official C# client.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CSharpClientsAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        JourneyClients.CSharp.Select(name => new object[] { name });
}

/// <summary>One row for each official TypeScript client; all are skipped, with the reason, where Node is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeClientsAttribute : DataAttribute
{
    public NodeClientsAttribute() => Skip = NodeRig.Missing;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        JourneyClients.Node.Select(name => new object[] { name });
}
