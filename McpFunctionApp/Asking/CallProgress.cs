namespace McpFunctionApp.Asking;

/// <summary>How far a call has come that a person may be asked about.</summary>
/// <param name="Arguments">The digest of the arguments that it began with.</param>
/// <param name="Values">An object of what has been answered so far.</param>
/// <param name="Round">How many questions have been asked.</param>
/// <param name="Id">What its submission is known by; null before the first question.</param>
/// <param name="End">Until when that holds.</param>
internal sealed record CallProgress(
    string Arguments,
    JsonElement Values,
    int Round,
    bool IsConfirmed,
    string? Id,
    DateTimeOffset End
)
{
    public static CallProgress Begin(string arguments) => new(arguments, Overlay.Nothing, 0, false, null, default);
}
