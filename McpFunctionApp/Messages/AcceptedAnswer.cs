using Microsoft.Net.Http.Headers;

namespace McpFunctionApp.Messages;

/// <summary>
/// Which kinds of answer a request's <c>Accept</c> allows: JSON is what it gets where it may, server-sent events where
/// a notification comes before the answer, or where nothing else is allowed. Pure.
/// </summary>
internal readonly record struct AcceptedAnswer(bool Json, bool Events)
{
    public bool EventsAlone => Events && !Json;

    public static AcceptedAnswer Of(HttpRequest request) =>
        request.Headers.Accept switch
        {
            // What nearly every client sends needs no parser; and who names nothing takes anything (RFC 9110, section 12.5.1).
            ["application/json, text/event-stream"] or [] or [null or ""] => new AcceptedAnswer(true, true),
            var header => MediaTypeHeaderValue.TryParseList(header, out var accepted)
                ? new AcceptedAnswer(Accepts(accepted, "application/json"), Accepts(accepted, "text/event-stream"))
                : default,
        };

    /// <summary>By the most specific entry that matches (RFC 9110, section 12.5.1); a quality of 0 refuses.</summary>
    private static bool Accepts(IList<MediaTypeHeaderValue> accepted, string mediaType)
    {
        var wanted = new MediaTypeHeaderValue(mediaType);
        var match =
            accepted.FirstOrDefault(type => wanted.MediaType.Equals(type.MediaType, StringComparison.OrdinalIgnoreCase))
            ?? accepted.FirstOrDefault(type => !type.MatchesAllTypes && type.MatchesAllSubTypes && IsOfType(type, wanted))
            ?? accepted.FirstOrDefault(type => type.MatchesAllTypes);
        return match is { Quality: null or > 0 };
    }

    private static bool IsOfType(MediaTypeHeaderValue range, MediaTypeHeaderValue wanted) =>
        range.Type.Equals(wanted.Type, StringComparison.OrdinalIgnoreCase);
}
