using System.Text;
using System.Text.Json.Nodes;
using McpFunctionApp.Forms;
using McpFunctionApp.Sample;
using McpFunctionApp.Schemas;
using McpFunctionApp.Sources;
using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.FormApi;

/// <summary>Forms whose memory is measured, and the heap that they are on.</summary>
internal static class MeasuredForms
{
    private static readonly ReadOnlyMemory<byte> s_technician = new SampleForms().Of(SampleCallers.All[2]).Bytes;

    public static FormSchema Technician() =>
        FormMapper.Map(FormReader.Read(s_technician, new FormNotes(), out _)!, null, MappedForm.Limits, new FormNotes());

    public static FormSchema Technician(int caller, Action<JsonNode, int> change)
    {
        var answer = JsonNode.Parse(s_technician.Span)!;
        foreach (var field in answer["fieldList"]!.AsArray())
        {
            change(field!, caller);
        }

        return FormMapper.Map(
            FormReader.Read(Encoding.UTF8.GetBytes(answer.ToJsonString()), new FormNotes(), out _)!,
            null,
            MappedForm.Limits,
            new FormNotes()
        );
    }

    public static SchemaKey Key(int caller) =>
        new(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(caller))),
            "create_request"
        );

    /// <summary>The heap's size when nothing of what ran before is let go any more.</summary>
    public static async Task<long> SettledAsync()
    {
        var size = GC.GetTotalMemory(true);
        for (var tries = 0; tries < 50; tries++)
        {
            await Task.Delay(50);
            var before = size;
            size = GC.GetTotalMemory(true);
            if (Math.Abs(size - before) < 50_000)
            {
                break;
            }
        }

        return size;
    }
}
