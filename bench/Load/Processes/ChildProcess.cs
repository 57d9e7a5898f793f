using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Tutti.Bench.Load.Processes;

/// <summary>A program the bench started: ready when it says so, measured by the kernel's accounts, stopped with the bench.</summary>
sealed class ChildProcess : IDisposable
{
    const int LinesKept = 30;
    static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);
    static readonly HttpClient Http = new();

    readonly ConcurrentQueue<string> _lines = new();
    readonly Process _process;
    readonly string _name;

    ChildProcess(string name, ProcessStartInfo start)
    {
        _name = name;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Processor time of all threads so far, in user and in kernel mode, with that of the processes it has started.</summary>
    public TimeSpan Cpu => TimeSpan.FromTicks(Family().Sum(process => process.TotalProcessorTime.Ticks));

    public long MemoryBytes => Family().Sum(process => process.WorkingSet64);

    public long PeakMemoryBytes => Fresh().PeakWorkingSet64;

    public static ChildProcess Start(string name, string program, IEnumerable<string> args, bool inline = false)
    {
        var start = new ProcessStartInfo(program, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = inline ? "1" : "0";
        start.Environment.Remove("ASPNETCORE_URLS");
        start.Environment.Remove("ASPNETCORE_HTTP_PORTS");
        return new(name, start);
    }

    public async Task ReadyAsync(Uri url, CancellationToken ct)
    {
        var since = Stopwatch.StartNew();
        while (!await AnswersAsync(url, ct))
        {
            if (_process.HasExited || since.Elapsed > ReadyWithin)
            {
                var end = _process.HasExited ? $"ended with {_process.ExitCode}" : $"is not ready at {url}";
                throw new LoadFault($"{_name} {end}. Its last lines:\n{string.Join('\n', _lines)}");
            }

            await Task.Delay(50, ct);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    static async Task<bool> AnswersAsync(Uri url, CancellationToken ct)
    {
        try
        {
            using var response = await Http.GetAsync(url, ct);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The process, and those it has started: Varnish answers from a second one.</summary>
    IEnumerable<Process> Family()
    {
        yield return Fresh();
        var children = File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children");
        foreach (var id in children.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            using var child = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
            yield return child;
        }
    }

    Process Fresh()
    {
        _process.Refresh();
        return _process.HasExited
            ? throw new LoadFault($"{_name} ended with {_process.ExitCode}. Its last lines:\n{string.Join('\n', _lines)}")
            : _process;
    }

    void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        while (_lines.Count > LinesKept)
        {
            _lines.TryDequeue(out _);
        }
    }
}
