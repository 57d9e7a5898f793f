namespace Tutti.Bench.Load.Processes;

/// <summary>The working copy the bench runs in, and the Release builds in it.</summary>
sealed record Repository(string Root)
{
    public string Limit => Built("Tutti.Bench.Limit", "Tutti.Bench.Limit.dll");

    public string Batch => Built("Tutti.Bench.Batch", "Tutti.Bench.Batch.dll");

    /// <summary>YARP's forwarder and nothing else.</summary>
    public string Forward => Built("Tutti.Bench.Forward", "Tutti.Bench.Forward.dll");

    /// <summary>Answers from arrays.</summary>
    public string Bytes => Built("Tutti.Bench.Bytes", "Tutti.Bench.Bytes.dll");

    public string Tutti => Built("Tutti.Server", "tutti.dll");

    public static Repository Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tutti.slnx")))
            {
                return new(folder.FullName);
            }
        }

        throw new LoadFault("Tutti.slnx is in none of the folders above this program: run it from the repository's artifacts.");
    }

    string Built(string project, string assembly)
    {
        var path = Path.Combine(Root, "artifacts", "bin", project, "release", assembly);
        return File.Exists(path) ? path : throw new LoadFault($"{path} is not built. Run: ./build.sh bench load");
    }
}
