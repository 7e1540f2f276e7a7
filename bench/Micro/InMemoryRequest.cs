using Microsoft.AspNetCore.Http;

namespace Bench.Micro;

/// <summary>A tools/list as it arrives, with a body to read and one to write into.</summary>
internal static class InMemoryRequest
{
    private static readonly byte[] s_body = [.. """{"jsonrpc":"2.0","id":7,"method":"tools/list"}"""u8];

    // Written over by each request: what is measured is the server, not a growing buffer.
    private static readonly byte[] s_answer = new byte[1_048_576];

    public static HttpContext List(IServiceProvider services)
    {
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Method = HttpMethods.Post;
        context.Request.Scheme = "http";
        context.Request.Host = new HostString("127.0.0.1");
        context.Request.Path = "/mcp";
        context.Request.ContentType = "application/json";
        context.Request.ContentLength = s_body.Length;
        context.Request.Headers.Accept = "application/json, text/event-stream";
        context.Request.Headers.Authorization = "Bearer bench-technician";
        context.Request.Headers["MCP-Protocol-Version"] = "2025-11-25";
        context.Request.Body = new MemoryStream(s_body, writable: false);
        context.Response.Body = new MemoryStream(s_answer);
        return context;
    }

    public static byte[] AnswerOf(HttpContext context) => s_answer[..(int)context.Response.Body.Position];
}
