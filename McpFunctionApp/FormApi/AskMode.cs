namespace McpFunctionApp.FormApi;

/// <summary>When the person behind a client that can ask is asked, before a form is submitted.</summary>
public enum AskMode
{
    /// <summary>For what is missing or wrong.</summary>
    Missing,

    /// <summary>Also once for the complete request.</summary>
    Confirm,

    /// <summary>Never: problems are answered as text.</summary>
    Never,
}
