using System.Net;
using McpFunctionApp.Callers;
using McpFunctionApp.Replies;
using McpFunctionApp.Sources;
using McpFunctionApp.Telemetry;

namespace McpFunctionApp.FormApi;

/// <summary>
/// Asks a form API for a caller's form with <c>GET</c> and the caller's own token. Never throws for anything that the
/// API does: every answer and every failure is an <see cref="OriginAnswer"/>.
/// </summary>
public sealed class SchemaOrigin(
    IHttpClientFactory http,
    SchemaOptions options,
    OriginPlaces places,
    BytesInFlight bytes,
    CacheCounters counters,
    TimeProvider time
)
{
    // A form is not worth more patience than this, whatever a busy API asks for.
    private static readonly TimeSpan s_longestPause = TimeSpan.FromHours(1);

    private static readonly TimeSpan s_pauseAfterLoss = TimeSpan.FromMilliseconds(100);

    /// <returns>Counts what a form takes of the process's memory, from its reading until it has been mapped.</returns>
    internal BytesInFlight.Claim Begin() => bytes.Begin();

    /// <summary>Asks all addresses of the form at once, under its one time limit.</summary>
    internal async Task<OriginAnswer> FetchAsync(
        FormOptions form,
        Caller caller,
        BytesInFlight.Claim claim,
        CancellationToken cancellationToken
    )
    {
        using var limit = new CancellationTokenSource(form.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var addresses = form.Addresses;
        if (addresses is [var only])
        {
            return await FetchAsync(form, only, caller, claim, either.Token, cancellationToken);
        }

        var answers = await Task.WhenAll(
            addresses.Select(address => FetchAsync(form, address, caller, claim, either.Token, cancellationToken))
        );
        return OriginAnswer.Of([.. addresses.Zip(answers, (address, answer) => (address.Name, answer))]);
    }

    private async Task<OriginAnswer> FetchAsync(
        FormOptions form,
        SourceAddress address,
        Caller caller,
        BytesInFlight.Claim claim,
        CancellationToken limit,
        CancellationToken cancellationToken
    )
    {
        var waiting = true;
        try
        {
            using var place = await places.TakeAsync(form, caller, limit);
            waiting = false;
            try
            {
                return await AskAsync(form, address, caller, claim, limit);
            }
            catch (Exception e) when (FormApiHttp.IsLostConnection(e))
            {
                // Between 75 and 125 ms, so that callers who have lost theirs together do not come back together.
                await Task.Delay(s_pauseAfterLoss * (0.75 + (Random.Shared.NextDouble() / 2)), time, limit);
                return await AskAsync(form, address, caller, claim, limit);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return waiting
                ? OriginAnswer.Failed(
                    FallbackReason.Busy,
                    $"too many calls to it are under way (Schemas:MaxConcurrentOriginCalls is {options.MaxConcurrentOriginCalls})"
                )
                : OriginAnswer.Failed(FallbackReason.Unavailable, $"it did not answer within {form.Timeout.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is InvalidDataException || FormApiHttp.IsNoHttp(e))
        {
            return OriginAnswer.Failed(FallbackReason.Malformed, FormApiHttp.Describe(e));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return OriginAnswer.Failed(FallbackReason.Unavailable, FormApiHttp.Describe(e));
        }
    }

    private async Task<OriginAnswer> AskAsync(
        FormOptions form,
        SourceAddress address,
        Caller caller,
        BytesInFlight.Claim claim,
        CancellationToken cancellationToken
    )
    {
        using var request = FormApiHttp.Request(HttpMethod.Get, address.Url, form, caller);
        using var client = http.CreateClient(FormApiHttp.Name);
        counters.CountOriginCall();
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return Refused(response);
        }

        var hasRoom = true;
        var largest = form.Source.MaxBytes;
        var weight = form.Source.MemoryPerByte * Math.Min(response.Content.Headers.ContentLength ?? largest, largest);
        var body = await BoundedBody.ReadAsync(
            response.Content,
            largest,
            cancellationToken,
            async token => hasRoom = await claim.TakeAsync(weight, token)
        );
        return body is { } read ? OriginAnswer.Of([new SourceAnswer(address.Name, read)])
            : hasRoom ? OriginAnswer.Failed(FallbackReason.Malformed, $"its answer is larger than {form.Source.MaxBytesName}")
            : OriginAnswer.Failed(
                FallbackReason.Busy,
                "this server has as many bytes under way as it may have (Endpoint:MaxBytesInFlight)"
            );
    }

    private OriginAnswer Refused(HttpResponseMessage response)
    {
        var status = $"it answered {(int)response.StatusCode}";
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => OriginAnswer.Failed(FallbackReason.Rejected, status),
            HttpStatusCode.Forbidden => OriginAnswer.Failed(FallbackReason.Forbidden, status),
            HttpStatusCode.TooManyRequests => OriginAnswer.Failed(FallbackReason.Busy, status, RetryAfter(response)),
            < HttpStatusCode.BadRequest => OriginAnswer.Failed(
                FallbackReason.Malformed,
                $"{status}, which is neither a form nor a refusal"
            ),
            _ => OriginAnswer.Failed(FallbackReason.Unavailable, status),
        };
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var pause = header?.Delta ?? (header?.Date - time.GetUtcNow());
        return pause > TimeSpan.Zero ? TimeSpan.FromTicks(Math.Min(pause.Value.Ticks, s_longestPause.Ticks)) : null;
    }
}
