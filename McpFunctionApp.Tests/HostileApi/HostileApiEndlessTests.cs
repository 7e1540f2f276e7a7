using System.IO.Compression;
using System.Text;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.HostileApi;

/// <summary>
/// Bodies without an end. That these tests end shows that no more is read than 5 MiB: the time limit would be another
/// reason, and the API sends until it is cut off.
/// </summary>
public sealed class HostileApiEndlessTests
{
    // What is read, and what sockets may hold on the way.
    private const long MostSent = 64 * 1_048_576;

    [Theory]
    [InlineData(" ")]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("{\"fieldList\":[{\"description\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public async Task An_endless_body_is_cut_off(string piece)
    {
        var chunk = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 65_536 / piece.Length)));
        await AssertCutOffAsync("", chunk);
    }

    [Fact]
    public async Task An_endless_gzip_is_cut_off_by_what_it_unpacks_to() =>
        await AssertCutOffAsync("Content-Encoding: gzip\r\n", Packed(stream => new GZipStream(stream, CompressionLevel.Optimal)));

    [Theory]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("gzip")]
    public async Task A_bomb_is_cut_off_by_what_it_unpacks_to(string encoding)
    {
        var bomb = Packed(stream =>
            encoding switch
            {
                "br" => new BrotliStream(stream, CompressionLevel.Fastest),
                "deflate" => new ZLibStream(stream, CompressionLevel.Optimal),
                _ => new GZipStream(stream, CompressionLevel.Optimal),
            }
        );
        Assert.InRange(bomb.Length, 1, 100_000);
        await using var api = await FakeFormApi.StartAsync();
        api.OnForm = async context =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            await context.Response.Body.WriteAsync(bomb);
        };
        await using var app = await HostileApiApp.StartAsync(api.FormUrl);
        await HostileApiApp.AssertFallsBackAsync(app, "malformed", "its answer is larger than 5 MiB");
    }

    [Fact]
    public async Task An_endless_answer_to_a_submission_is_cut_off_and_the_request_accepted_without_a_number()
    {
        var endless = new Endless("", new byte[65_536]);
        await using var form = await FakeFormApi.StartAsync();
        form.ServeFields(Given.Fields);
        await using var api = new RawApi(endless.AnswerAsync);
        await using var app = await HostileApiApp.StartAsync(form.FormUrl, api.Url);
        var call = await app.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        Assert.False(call.IsError);
        Assert.Contains("without a number", call.Text, StringComparison.Ordinal);
        Assert.InRange(await endless.SentAsync(), 1_048_576, MostSent);
        Assert.Equal(1, api.Posts);
    }

    private static async Task AssertCutOffAsync(string headers, byte[] piece)
    {
        var endless = new Endless(headers, piece);
        await using var api = new RawApi(endless.AnswerAsync);
        await using var app = await HostileApiApp.StartAsync(api.Url);
        await HostileApiApp.AssertFallsBackAsync(app, "malformed", "its answer is larger than 5 MiB");
        Assert.InRange(await endless.SentAsync(), 1, MostSent);
        Assert.Single(api.Requests);
    }

    /// <summary>Sends one piece again and again until the other side hangs up.</summary>
    private sealed class Endless(string headers, byte[] piece)
    {
        private readonly TaskCompletionSource<long> _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<long> SentAsync() => _sent.Task.WaitAsync(TimeSpan.FromSeconds(20));

        public async Task AnswerAsync(RawConnection connection)
        {
            var sent = 0L;
            try
            {
                await connection.ReadRequestAsync();
                await connection.SendAsync($"HTTP/1.1 200 OK\r\n{headers}Connection: close\r\n\r\n");
                while (true)
                {
                    await connection.SendAsync(piece);
                    sent += piece.Length;
                }
            }
            finally
            {
                _sent.TrySetResult(sent);
            }
        }
    }

    /// <summary>32 MiB of white space.</summary>
    private static byte[] Packed(Func<Stream, Stream> packer)
    {
        using var packed = new MemoryStream();
        using (var stream = packer(packed))
        {
            var blank = Encoding.UTF8.GetBytes(new string(' ', 1_048_576));
            for (var i = 0; i < 32; i++)
            {
                stream.Write(blank);
            }
        }

        return packed.ToArray();
    }
}
