namespace McpFunctionApp.Sample;

/// <summary>Holds the mode all requests see; each request reads it once, so a change never splits an answer.</summary>
internal sealed class SampleModeSwitch
{
    private SampleMode current = new(SampleMode.Normal, 0);

    public SampleMode Current => Volatile.Read(ref current);

    /// <summary>Sets the mode and says whether it differs from the one before.</summary>
    public bool Change(SampleMode mode) => Interlocked.Exchange(ref current, mode) != mode;
}
