using System.Globalization;
using McpFunctionApp.Callers;

namespace McpFunctionApp.FormApi;

/// <summary>
/// The life of a form whose question had to wait for its turn: up to a tenth shorter, by the caller, so that a crowd that was
/// fetched together does not expire together.
/// </summary>
internal static class CrowdLife
{
    private const double Spread = 0.1;

    /// <returns>More than nine tenths of the life, at most all of it, and the same for a caller each time.</returns>
    public static TimeSpan Of(TimeSpan life, Caller caller)
    {
        var place = uint.Parse(caller.Short, NumberStyles.HexNumber, CultureInfo.InvariantCulture) / (double)uint.MaxValue;
        return life - (life * (Spread * place));
    }
}
