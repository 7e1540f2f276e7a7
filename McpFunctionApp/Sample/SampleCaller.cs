namespace McpFunctionApp.Sample;

/// <summary>A persona of the sample form API: its token, its name, what its form shows and the embedded form file.</summary>
public sealed record SampleCaller(string Token, string Name, string Shows, string FormResource)
{
    // The generated text of a record would carry the token into any log line that shows a caller.
    public override string ToString() => Name;
}
