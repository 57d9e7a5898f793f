using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Tutti.FunctionalTests;

/// <summary>
/// A PostgreSQL for tests: the one that <c>TUTTI_TEST_POSTGRES</c> names, or one started here from the system's package.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    const string Variable = "TUTTI_TEST_POSTGRES";

    static readonly Lazy<Task<PostgresServer>> Shared = new(async () =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? new PostgresServer(null, 0, given) : await StartOwnAsync());

    readonly string? _directory;
    readonly int _port;

    PostgresServer(string? directory, int port, string connectionString)
    {
        _directory = directory;
        _port = port;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    /// <summary>The server that all tests share; nobody stops it but the end of the process.</summary>
    public static Task<PostgresServer> SharedAsync() => Shared.Value;

    /// <summary>A server of one's own, to be killed and started again.</summary>
    public static async Task<PostgresServer> StartOwnAsync()
    {
        var directory = Path.Combine(Path.GetTempPath(), $"tutti-pg-{Guid.NewGuid():N}");
        var port = FreePort();
        await RunAsync("mkdir", directory);
        await RunAsync(Program("initdb"), "-D", $"{directory}/data", "-U", "tutti", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync");
        var server = new PostgresServer(directory, port, $"Host=127.0.0.1;Port={port};Username=tutti;Database=postgres");
        await server.StartAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return server;
    }

    public Task StartAsync() => RunAsync(
        Program("pg_ctl"), "-D", $"{_directory}/data", "-l", $"{_directory}/log", "-w", "-o", $"-p {_port} -k {_directory} -c listen_addresses=127.0.0.1", "start");

    /// <summary>Stops at once, as a crash would; open connections break.</summary>
    public Task KillAsync() => RunAsync(Program("pg_ctl"), "-D", $"{_directory}/data", "-m", "immediate", "-w", "stop");

    /// <summary>Creates an empty database and returns how to reach it.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"tutti_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name, MaxPoolSize = 10 }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        if (_directory is not null && Directory.Exists(_directory))
        {
            await RunAsync("sh", "-c", $"'{Program("pg_ctl")}' -D '{_directory}/data' -m immediate stop; rm -rf '{_directory}'");
        }
    }

    static string Program(string name)
    {
        var found = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => $"{version}/bin/{name}").LastOrDefault(File.Exists)
            : null;
        return found ?? throw new InvalidOperationException(
            $"These tests need PostgreSQL: install the package 'postgresql', or name a server in {Variable}.");
    }

    /// <summary>PostgreSQL refuses to run as root, so root hands over to the package's own user.</summary>
    static async Task RunAsync(string program, params string[] arguments)
    {
        // What a server that is started inherits stays open as long as it runs, so nobody may wait for the end of its output.
        string[] quiet = ["sh", "-c", "exec \"$0\" \"$@\" >/dev/null", program, .. arguments];
        string[] line = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--", .. quiet] : quiet;
        using var process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardError = true, WorkingDirectory = "/" })!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', line)} ended with {process.ExitCode}: {await errors}");
        }
    }

    static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
