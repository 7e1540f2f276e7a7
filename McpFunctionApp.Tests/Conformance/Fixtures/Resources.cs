using System.Text.RegularExpressions;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpFunctionApp.Tests.Conformance.Fixtures;

/// <summary>A text, an image, and a template.</summary>
internal static partial class Resources
{
    private const string Text = "test://static-text";
    private const string Binary = "test://static-binary";

    public static void AddTo(McpServerHandlers handlers)
    {
        var read = handlers.ReadResourceHandler!;
        handlers.ListResourcesHandler = (_, _) =>
            ValueTask.FromResult(
                new ListResourcesResult
                {
                    Resources =
                    [
                        new Resource
                        {
                            Uri = Text,
                            Name = "static-text",
                            Description = "A text",
                            MimeType = "text/plain",
                        },
                        new Resource
                        {
                            Uri = Binary,
                            Name = "static-binary",
                            Description = "An image",
                            MimeType = "image/png",
                        },
                    ],
                }
            );
        handlers.ListResourceTemplatesHandler = (_, _) =>
            ValueTask.FromResult(
                new ListResourceTemplatesResult
                {
                    ResourceTemplates =
                    [
                        new ResourceTemplate
                        {
                            UriTemplate = "test://template/{id}/data",
                            Name = "template",
                            Description = "Data by id",
                            MimeType = "application/json",
                        },
                    ],
                }
            );
        handlers.ReadResourceHandler = (context, cancellationToken) =>
            Read(context.Params.Uri) is { } contents
                ? ValueTask.FromResult(new ReadResourceResult { Contents = [contents] })
                : read(context, cancellationToken);
    }

    private static ResourceContents? Read(string uri) =>
        uri switch
        {
            Text => new TextResourceContents
            {
                Uri = uri,
                MimeType = "text/plain",
                Text = "This is the content of the static text resource.",
            },
            Binary => BlobResourceContents.FromBytes(Sample.Png, uri, "image/png"),
            _ when Template().Match(uri) is { Success: true } match => new TextResourceContents
            {
                Uri = uri,
                MimeType = "application/json",
                Text = $$"""{"id":"{{match.Groups[1]}}","templateTest":true,"data":"Data for ID: {{match.Groups[1]}}"}""",
            },
            _ => null,
        };

    [GeneratedRegex("^test://template/([^/]+)/data$")]
    private static partial Regex Template();
}
