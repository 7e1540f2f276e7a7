namespace McpFunctionApp.Tests.Infrastructure.Running;

/// <summary>A test that looks at a process through /proc, or ends it by a signal; skipped, with that as its reason,
/// elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute() : MachineFactAttribute(Missing)
{
    internal static string? Missing =>
        OperatingSystem.IsLinux() ? null : "needs what only Linux has: /proc, signals, certificates trusted by a file";
}

/// <inheritdoc cref="LinuxFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxTheoryAttribute() : MachineTheoryAttribute(LinuxFactAttribute.Missing);
