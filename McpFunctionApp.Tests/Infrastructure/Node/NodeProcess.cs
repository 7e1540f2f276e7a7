using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace McpFunctionApp.Tests.Infrastructure.Node;

/// <summary>A Node with the scripts of a folder, which takes one journey after another, and ends with this process.</summary>
internal sealed class NodeProcess
{
    private readonly Process _process;
    private readonly StringBuilder _printed = new();

    private NodeProcess(Process process) => _process = process;

    /// <summary>Whether it can take another journey: it is stopped where one has failed to end, or has ended it.</summary>
    public bool IsUsable { get; private set; } = true;

    public static NodeProcess Start(string program, string folder)
    {
        var start = new ProcessStartInfo(program, ["serve.mjs"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        var node = new NodeProcess(new Process { StartInfo = start });
        node._process.ErrorDataReceived += (_, line) => node.Keep(line.Data);
        node._process.Start();
        node._process.BeginErrorReadLine();
        return node;
    }

    /// <exception cref="InvalidOperationException">The script failed or ran out of time.</exception>
    public async Task<JsonElement> RunAsync(string script, JsonObject journey, TimeSpan limit)
    {
        TakePrinted();
        IsUsable = false;
        var line = new JsonObject { ["script"] = script, ["journey"] = journey }.ToJsonString();
        using var timeout = new CancellationTokenSource(limit);
        var answer = await AskAsync(line, timeout.Token);
        if (answer is null)
        {
            throw new InvalidOperationException(
                $"{script} {(timeout.IsCancellationRequested ? $"did not end within {limit}" : "ended its Node")}.\n"
                    + TakePrinted()
            );
        }

        IsUsable = true;
        return answer.Value.TryGetProperty("failure", out var failure)
            ? throw new InvalidOperationException($"{script} failed: {failure}\n{TakePrinted()}")
            : answer.Value.GetProperty("result");
    }

    /// <returns>Null where there is none; the process has ended then.</returns>
    private async Task<JsonElement?> AskAsync(string line, CancellationToken limit)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(line.AsMemory(), limit);
            await _process.StandardInput.FlushAsync(limit);
            if (await _process.StandardOutput.ReadLineAsync(limit) is { } answer)
            {
                return JsonElement.Parse(answer);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Stopped below, as where it has ended by itself.
        }

        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        return null;
    }

    private void Keep(string? line)
    {
        lock (_printed)
        {
            _printed.AppendLine(line);
        }
    }

    private string TakePrinted()
    {
        lock (_printed)
        {
            var printed = _printed.ToString();
            _printed.Clear();
            return printed;
        }
    }
}
