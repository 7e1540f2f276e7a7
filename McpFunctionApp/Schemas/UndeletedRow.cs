using McpFunctionApp.FormApi;

namespace McpFunctionApp.Schemas;

/// <summary>One row that should be gone. Until it is, this instance does not look at it.</summary>
/// <param name="Until">When its life is over in any case.</param>
internal sealed record UndeletedRow(SchemaKey Key, FormOptions Form, DateTimeOffset Until)
{
    private volatile bool _isQueued;
    private volatile bool _isOver;

    /// <summary>Whether its deletion waits for its turn, so that nobody else need order it.</summary>
    public bool IsQueued
    {
        get => _isQueued;
        set => _isQueued = value;
    }

    /// <summary>Whether it has been deleted, or written anew from an answer that was asked for after it should be gone.</summary>
    public bool IsOver
    {
        get => _isOver;
        set => _isOver = value;
    }
}
