using System.Text.Json.Serialization.Metadata;

namespace McpFunctionApp.Replies;

/// <summary>
/// Small JSON answers, written at once and with their length: a client that goes away meanwhile has the whole answer or
/// none, and needs no chunks.
/// </summary>
public static class WholeAnswer
{
    public static Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = json.Length;
        return context.Response.Body.WriteAsync(json, context.RequestAborted).AsTask();
    }
}
