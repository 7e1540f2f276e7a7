using ModelContextProtocol;

namespace McpFunctionApp.Tests.Conformance.Fixtures;

/// <summary>A tool for each kind of content, and one that fails.</summary>
internal static class ContentTools
{
    public static IEnumerable<FixtureTool> All =>
        [
            FixtureTool.Returning(
                "test_simple_text",
                "Returns a text",
                Sample.Text("This is a simple text response for testing.")
            ),
            FixtureTool.Returning("test_image_content", "Returns an image", Sample.Image()),
            FixtureTool.Returning("test_audio_content", "Returns a sound", Sample.Audio()),
            FixtureTool.Returning(
                "test_embedded_resource",
                "Returns a resource",
                Sample.Resource("test://embedded-resource", "text/plain", "This is an embedded resource content.")
            ),
            FixtureTool.Returning(
                "test_multiple_content_types",
                "Returns a text, an image and a resource",
                Sample.Text("Multiple content types test:"),
                Sample.Image(),
                Sample.Resource("test://mixed-content-resource", "application/json", """{"test":"data","value":123}""")
            ),
            FixtureTool.Saying(
                "test_error_handling",
                "Fails",
                (_, _) => throw new McpException("This tool intentionally returns an error for testing")
            ),
        ];
}
