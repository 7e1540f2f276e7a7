using System.IO.Compression;
using System.Text;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>Answers of a form API that are no usable form, by the name of what is wrong with them.</summary>
internal static class FormApiAnswers
{
    public static IReadOnlyDictionary<string, (string Reason, Func<HttpContext, Task> Answer)> Failing { get; } =
        new Dictionary<string, (string, Func<HttpContext, Task>)>
        {
            ["401"] = ("rejected", Status(401)),
            ["403"] = ("forbidden", Status(403)),
            ["429"] = ("busy", Status(429)),
            ["400"] = ("unavailable", Status(400)),
            ["404"] = ("unavailable", Status(404)),
            ["405"] = ("unavailable", Status(405)),
            ["418"] = ("unavailable", Status(418)),
            ["500"] = ("unavailable", Status(500)),
            ["502"] = ("unavailable", Status(502)),
            ["503"] = ("unavailable", Status(503)),
            ["599"] = ("unavailable", Status(599)),
            ["204"] = ("malformed", Status(204)),
            ["301"] = ("malformed", Redirect(301)),
            ["302"] = ("malformed", Redirect(302)),
            ["304"] = ("malformed", Status(304)),
            ["307"] = ("malformed", Redirect(307)),
            ["an empty body"] = ("malformed", Status(200)),
            ["HTML"] = ("malformed", Text("<!doctype html><title>Sign in</title>")),
            ["a list"] = ("malformed", Text("[]")),
            ["a text"] = ("malformed", Text("\"fieldList\"")),
            ["null"] = ("malformed", Text("null")),
            ["no fieldList"] = ("malformed", Text("""{"fields":[]}""")),
            ["a fieldList in other letters"] = ("malformed", Text("""{"FieldList":[]}""")),
            ["a fieldList that is an object"] = ("malformed", Text("""{"fieldList":{}}""")),
            ["a fieldList that is null"] = ("malformed", Text("""{"fieldList":null}""")),
            ["half a form"] = ("malformed", Text(Given.Form[..^5])),
            ["a form and more"] = ("malformed", Text(Given.Form + "}")),
            ["nested too deeply"] = (
                "malformed",
                Text("{\"fieldList\":" + new string('[', 1_000) + new string(']', 1_000) + "}")
            ),
            ["more than 5 MiB"] = ("malformed", Text($$"""{"fieldList":[],"x":"{{new string('x', 5 * 1_048_576)}}"}""")),
            ["invalid UTF-8"] = (
                "malformed",
                Bytes([.. """{"fieldList":[{"paramName":"a","name":"""u8, (byte)'"', 0xC3, 0x28, .. "\"}]}"u8])
            ),
            ["a compressed bomb"] = ("malformed", Encoded("gzip", Bomb)),
            ["broken gzip"] = ("malformed", Encoded("gzip", () => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])),
            ["broken brotli"] = ("malformed", Encoded("br", () => Encoding.UTF8.GetBytes(Given.Form))),
            ["gzip cut off"] = ("malformed", Encoded("gzip", () => Gzip(Encoding.UTF8.GetBytes(Given.Form))[..^20])),
        };

    public static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }

    public static Func<HttpContext, Task> Encoded(string encoding, Func<byte[]> body) =>
        context =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            return Bytes(body())(context);
        };

    public static Func<HttpContext, Task> Text(string body) => Bytes(Encoding.UTF8.GetBytes(body));

    public static Func<HttpContext, Task> Status(int status) =>
        context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };

    // A valid form, but for its size: 50 MB of white space in about 50 KB.
    private static byte[] Bomb() => Gzip([.. Enumerable.Repeat((byte)' ', 50_000_000), .. Encoding.UTF8.GetBytes(Given.Form)]);

    private static Func<HttpContext, Task> Redirect(int status) =>
        context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/form/elsewhere";
            return Task.CompletedTask;
        };

    private static Func<HttpContext, Task> Bytes(byte[] body) =>
        async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(body);
        };
}
