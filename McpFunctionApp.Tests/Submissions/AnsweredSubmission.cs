using System.Text;
using McpFunctionApp.Forms;
using McpFunctionApp.Submissions;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.Submissions;

/// <summary>What is read of an answer to a submission of a form with a few fields.</summary>
internal static class AnsweredSubmission
{
    private static readonly IReadOnlyList<FormProperty> s_parameters =
    [
        .. MappedForm
            .Of(
                """
                {"name":"Summary","paramName":"summary"},{"name":"Priority","paramName":"priority"},{"name":"Asset tag",
                "paramName":"cf.asset-tag"},
                {"name":"Description","paramName":"description"},{"name":"Due by","paramName":"customfield_10010"}
                """
            )
            .Schema.Properties.Select(property =>
                property.Key == "cf_asset_tag" ? property with { Title = "Asset tag" } : property
            ),
        FormProperty.Plain("window_start", PropertyKind.DateTime, "") with
        {
            OriginalKey = "window.start",
            Path = ["window", "start"],
        },
    ];

    public static SubmissionAnswer Read(
        int status,
        string? body = null,
        string? type = "application/json",
        string? location = null,
        string? entityId = null
    ) =>
        SubmissionReader.Read(
            new SubmissionResponse(status, type, location, entityId, Encoding.UTF8.GetBytes(body ?? "")),
            s_parameters,
            Given.Token
        );

    public static SubmissionReceipt Receipt(
        int status,
        string? body = null,
        string? type = "application/json",
        string? location = null,
        string? entityId = null
    )
    {
        var answer = Read(status, body, type, location, entityId);
        Assert.True(answer.Receipt is not null, $"{answer}");
        return answer.Receipt;
    }

    public static SubmissionRefusal Refusal(string? body, int status = 400, string? type = "application/json")
    {
        var answer = Read(status, body, type);
        Assert.True(answer.Refusal is not null, $"{answer}");
        return answer.Refusal;
    }
}
