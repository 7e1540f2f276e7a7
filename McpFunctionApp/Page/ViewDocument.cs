using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace McpFunctionApp.Page;

/// <summary>
/// A document of the folder <c>View</c>: its parts are put in where it names them, as <c>{form.css}</c>. There is no build
/// step: what is served is what is in the folder.
/// </summary>
internal static partial class ViewDocument
{
    public static string Read(string name) => Part().Replace(Resource(name), part => Resource(part.Groups[1].Value));

    public static string Resource(string name)
    {
        using var stream =
            typeof(ViewDocument).Assembly.GetManifestResourceStream($"McpFunctionApp.Page.View.{name}")
            ?? throw new InvalidOperationException($"The view has no part {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>
    /// A Content-Security-Policy under which nothing runs and nothing is drawn but what the document itself holds (by
    /// digest), and nothing is called but this server.
    /// </summary>
    public static string PolicyOf(string document) =>
        string.Join(
            "; ",
            "default-src 'none'",
            $"script-src {Digest(document, "script")}",
            $"style-src {Digest(document, "style")}",
            "img-src data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'"
        );

    private static string Digest(string document, string element)
    {
        var start = document.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        var text = document[start..document.IndexOf($"</{element}>", start, StringComparison.Ordinal)];
        return $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
    }

    [GeneratedRegex(@"\{([a-z]+\.(?:css|js))\}")]
    private static partial Regex Part();
}
