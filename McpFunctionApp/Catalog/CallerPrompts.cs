using McpFunctionApp.Callers;

namespace McpFunctionApp.Catalog;

/// <summary>The forms that a caller can begin by a prompt: those that are tools of theirs.</summary>
/// <param name="Forms">All, or the one that was asked for; also those that are missing, with why.</param>
/// <param name="TimeToLive">How long this stays right.</param>
public sealed record CallerPrompts(IReadOnlyList<ResolvedForm> Forms, TimeSpan TimeToLive)
{
    private static readonly CallerPrompts s_none = new([], TimeSpan.Zero);

    public static async ValueTask<CallerPrompts> OfAsync(
        CallerForms forms,
        Caller? caller,
        CancellationToken cancellationToken
    ) => Of(forms, await forms.ResolveAllAsync(caller, cancellationToken));

    /// <summary>The one of this name; none where no form's tool has it.</summary>
    public static async ValueTask<CallerPrompts> OfAsync(
        CallerForms forms,
        string? name,
        Caller? caller,
        CancellationToken cancellationToken
    ) =>
        forms.All.FirstOrDefault(form => form.Tool == name) is { } form
            ? Of(forms, [await forms.ResolveAsync(form, caller, cancellationToken)])
            : s_none;

    private static CallerPrompts Of(CallerForms forms, ResolvedForm[] resolved) => new(resolved, forms.LifeOf(resolved));
}
