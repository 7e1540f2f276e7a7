namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>A test that looks at a process through /proc; skipped, with that as its reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "needs /proc, which only Linux has";
}
