namespace McpFunctionApp.Tests.Infrastructure.Running;

/// <summary>A test that not every machine can run, or not in little time; skipped there, with the reason.</summary>
/// <param name="missing">What the machine lacks; null: nothing.</param>
public abstract class MachineFactAttribute(string? missing) : FactAttribute
{
    /// <summary>Whether it runs only where all tests are wanted.</summary>
    public bool IsSlow { get; set; }

    public override string? Skip => AllTests.WhySkipped(missing, IsSlow);
}

/// <inheritdoc cref="MachineFactAttribute"/>
public abstract class MachineTheoryAttribute(string? missing) : TheoryAttribute
{
    /// <inheritdoc cref="MachineFactAttribute.IsSlow"/>
    public bool IsSlow { get; set; }

    public override string? Skip => AllTests.WhySkipped(missing, IsSlow);
}

/// <summary>A test that runs only where all tests are wanted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SlowFactAttribute : MachineFactAttribute
{
    public SlowFactAttribute()
        : base(missing: null) => IsSlow = true;
}

/// <inheritdoc cref="SlowFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SlowTheoryAttribute : MachineTheoryAttribute
{
    public SlowTheoryAttribute()
        : base(missing: null) => IsSlow = true;
}
