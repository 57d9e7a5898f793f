using System.Diagnostics;
using Tutti.Gateway.Telemetry;

namespace Tutti.Gateway.Hosting.Metrics;

/// <summary>What Prometheus' client libraries tell of a process, and the basics of .NET's memory and threads.</summary>
internal static class ProcessMetrics
{
    const string OpenFiles = "/proc/self/fd";

    public static void Write(PrometheusText text)
    {
        using var process = Process.GetCurrentProcess();
        text.Single("process_cpu_seconds_total", "counter", "CPU time spent.", process.TotalProcessorTime.TotalSeconds);
        text.Single("process_resident_memory_bytes", "gauge", "Resident memory.", process.WorkingSet64);
        text.Single("process_virtual_memory_bytes", "gauge", "Virtual memory.", process.VirtualMemorySize64);
        text.Single("process_start_time_seconds", "gauge", "Start, in seconds since 1970.", StartOf(process));
        text.Single("process_threads", "gauge", "Threads of the operating system.", process.Threads.Count);
        if (Directory.Exists(OpenFiles))
        {
            text.Single("process_open_fds", "gauge", "Open file descriptors.", Directory.EnumerateFileSystemEntries(OpenFiles).Count());
        }

        text.Family("dotnet_gc_collections_total", "counter", "Collections by generation.");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            text.Sample(GC.CollectionCount(generation), ("generation", FormattableString.Invariant($"{generation}")));
        }

        text.Single("dotnet_gc_heap_bytes", "gauge", "Managed memory in use.", GC.GetTotalMemory(forceFullCollection: false));
        text.Single("dotnet_gc_allocated_bytes_total", "counter", "Managed memory allocated.", GC.GetTotalAllocatedBytes());
        text.Single("dotnet_gc_pause_seconds_total", "counter", "Time that collections stopped the program.", GC.GetTotalPauseDuration().TotalSeconds);
        text.Single("dotnet_thread_pool_threads", "gauge", "Threads of the pool.", ThreadPool.ThreadCount);
        text.Single("dotnet_thread_pool_queue_length", "gauge", "Work items that wait for a thread.", ThreadPool.PendingWorkItemCount);
    }

    static double StartOf(Process process) => (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
}
