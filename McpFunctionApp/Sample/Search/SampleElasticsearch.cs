using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Sample.Search;

/// <summary>
/// The <c>_search</c> of a small Elasticsearch over made-up documents, so that local runs and tests need no outside
/// service. It evaluates what the product asks for: words and phrases, fuzziness, boosts, leniency, min_score.
/// </summary>
public static class SampleElasticsearch
{
    public const string Path = "/sample/elasticsearch";
    public const string IndexPrefix = "sample";

    /// <summary>The key that it asks for; public, like all of the sample.</summary>
    public const string ApiKey = "c2FtcGxlOnB1YmxpYw==";

    public static IServiceCollection AddSampleElasticsearch(this IServiceCollection services) =>
        services.AddSingleton<SampleIndexes>();

    public static IEndpointRouteBuilder MapSampleElasticsearch(this IEndpointRouteBuilder routes)
    {
        var indexes = routes.ServiceProvider.GetRequiredService<SampleIndexes>();
        routes.MapPost(
            $"{Path}/{{index}}/_search",
            async context =>
            {
                var answer = await AnswerAsync(indexes, context);
                await answer.WriteAsync(context.Response, context.RequestAborted);
            }
        );
        return routes;
    }

    private static async Task<SampleAnswer> AnswerAsync(SampleIndexes indexes, HttpContext context)
    {
        var name = (string)context.Request.RouteValues["index"]!;
        if (context.Request.Headers.Authorization != $"ApiKey {ApiKey}")
        {
            return Error(
                StatusCodes.Status401Unauthorized,
                "security_exception",
                $"send the sample's key: Authorization: ApiKey {ApiKey}"
            );
        }

        if (name == SampleIndexes.Closed)
        {
            return Error(StatusCodes.Status400BadRequest, "index_closed_exception", "closed");
        }

        if (indexes.Find(name) is not { } index)
        {
            return Error(StatusCodes.Status404NotFound, "index_not_found_exception", $"no such index [{name}]");
        }

        if (await SampleBody.ReadAsync(context.Request, context.RequestAborted) is not { } body)
        {
            return Error(
                StatusCodes.Status413PayloadTooLarge,
                "content_too_long_exception",
                $"a search has at most {SampleBody.MaxBytes} bytes"
            );
        }

        return Search(index, name, body);
    }

    private static SampleAnswer Search(SampleIndex index, string name, ReadOnlyMemory<byte> body)
    {
        try
        {
            var started = Stopwatch.GetTimestamp();
            var query = SampleQuery.Parse(body);
            var found = index.Search(query);
            return Result(name, query, found, (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (FormatException e)
        {
            return Error(StatusCodes.Status400BadRequest, "parsing_exception", e.Message);
        }
    }

    private static SampleAnswer Result(string index, SampleQuery query, IReadOnlyList<SampleHit> found, long took) =>
        SampleAnswer.Json(
            StatusCodes.Status200OK,
            json =>
            {
                json.WriteNumber("took", took);
                json.WriteBoolean("timed_out", false);
                json.WriteStartObject("hits");
                json.WriteStartObject("total");
                json.WriteNumber("value", found.Count);
                json.WriteString("relation", "eq");
                json.WriteEndObject();
                json.WriteStartArray("hits");
                foreach (var hit in found.Take(query.Size))
                {
                    WriteHit(json, index, query, hit);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    private static void WriteHit(Utf8JsonWriter json, string index, SampleQuery query, SampleHit hit)
    {
        json.WriteStartObject();
        json.WriteString("_index", index);
        json.WriteString("_id", hit.Document.Id);
        json.WriteNumber("_score", hit.Score);
        json.WriteStartObject("_source");
        foreach (var (name, value) in hit.Document.Source.Where(member => query.Source.Contains(member.Key)))
        {
            json.WritePropertyName(name);
            value!.WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static SampleAnswer Error(int status, string type, string reason) =>
        SampleAnswer.Json(
            status,
            json =>
            {
                json.WriteStartObject("error");
                json.WriteString("type", type);
                json.WriteString("reason", reason);
                json.WriteEndObject();
                json.WriteNumber("status", status);
            }
        );
}
