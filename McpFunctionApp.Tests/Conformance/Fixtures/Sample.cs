using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Tests.Conformance.Fixtures;

/// <summary>The smallest content of each kind.</summary>
internal static class Sample
{
    /// <summary>One red pixel.</summary>
    public static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
    );

    /// <summary>One silent sample, 8 bits at 8,000 Hz.</summary>
    private static readonly byte[] s_wav =
    [
        .. "RIFF"u8,
        37,
        0,
        0,
        0,
        .. "WAVEfmt "u8,
        16,
        0,
        0,
        0,
        1,
        0,
        1,
        0,
        0x40,
        0x1F,
        0,
        0,
        0x40,
        0x1F,
        0,
        0,
        1,
        0,
        8,
        0,
        .. "data"u8,
        1,
        0,
        0,
        0,
        128,
    ];

    public static TextContentBlock Text(string text) => new() { Text = text };

    public static ImageContentBlock Image() => ImageContentBlock.FromBytes(Png, "image/png");

    public static AudioContentBlock Audio() => AudioContentBlock.FromBytes(s_wav, "audio/wav");

    public static EmbeddedResourceBlock Resource(string uri, string mimeType, string text) =>
        new()
        {
            Resource = new TextResourceContents
            {
                Uri = uri,
                MimeType = mimeType,
                Text = text,
            },
        };
}
