namespace Tutti.Bench.Load.Processes;

/// <summary>Holds the generated configurations, databases and scripts of one run, and goes with it.</summary>
sealed class TemporaryDirectory : IDisposable
{
    readonly string _path = Directory.CreateTempSubdirectory("tutti-bench-").FullName;

    public string File(string name) => Path.Combine(_path, name);

    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_path, name)).FullName;

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
