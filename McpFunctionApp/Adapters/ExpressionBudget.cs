namespace McpFunctionApp.Adapters;

/// <summary>How much an expression may take: of what is read and given, and of time.</summary>
/// <param name="MaxBytes"><c>Schemas:MaxAdapterBytes</c>: of one answer that is read. What an expression gives may be 4 times as
/// large.</param>
public sealed record ExpressionLimits(int MaxBytes, TimeProvider Time)
{
    /// <summary>The longest that an expression may take.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);

    public long MaxOutput => 4L * MaxBytes;
}

/// <summary>
/// What one evaluation has left. Each step of an expression asks for time, and whatever a step has built is paid for,
/// so that an evaluation ends from within: the library that runs it has no way to stop one.
/// </summary>
internal sealed class ExpressionBudget(ExpressionLimits limits)
{
    /// <summary>What a value within a document is charged: few take less memory.</summary>
    public const int BytesPerValue = 16;

    private const int StepsPerLook = 64;

    private readonly long _started = limits.Time.GetTimestamp();
    private long _left = BytesPerValue * (long)limits.MaxBytes;
    private readonly HashSet<object> _paid = new(ReferenceEqualityComparer.Instance);
    private int _steps;

    /// <summary>The longest text that a function may make.</summary>
    public long MaxText => limits.MaxOutput;

    /// <exception cref="ExpressionBoundException">The time is over.</exception>
    public void Step()
    {
        if (++_steps % StepsPerLook == 0 && limits.Time.GetElapsedTime(_started) > ExpressionLimits.MaxTime)
        {
            throw new ExpressionBoundException($"took longer than {ExpressionLimits.MaxTime.TotalSeconds:0} s");
        }
    }

    /// <exception cref="ExpressionBoundException">More was built than an expression may.</exception>
    public void Pay(long bytes)
    {
        _left -= bytes;
        if (_left < 0)
        {
            throw TooLarge();
        }
    }

    public bool IsPaid(object container) => _paid.Contains(container);

    public void NotePaid(object container) => _paid.Add(container);

    /// <param name="length">Of a text that is about to be made.</param>
    /// <exception cref="ExpressionBoundException">It is longer than all that an expression may give.</exception>
    public void CheckText(double length)
    {
        if (length > MaxText)
        {
            throw TooLarge();
        }
    }

    public ExpressionBoundException TooLarge() =>
        new($"gave more than 4 times Schemas:MaxAdapterBytes ({limits.MaxBytes}), or built that much on the way");
}

/// <summary>An expression was ended because it took too much; the message says of what, as a sentence part.</summary>
internal sealed class ExpressionBoundException(string message) : Exception(message);
