namespace McpFunctionApp.Callers;

/// <summary>What becomes of callers without a usable token. The names are the values of <c>Callers:Mode</c>.</summary>
public enum CallerMode
{
    /// <summary>They are served the static tools, and nothing ever asks them to sign in.</summary>
    Fallback,

    /// <summary>Without a token they are served the static tools; with a refused one they are asked to sign in.</summary>
    Optional,

    /// <summary>They are asked to sign in.</summary>
    Challenge,
}
