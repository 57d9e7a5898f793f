using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Tutti.Gateway.Storage;

/// <summary>Hears at once of changes that other nodes make, where the database can tell (PostgreSQL).</summary>
internal sealed class ChangeListener(IOptions<StorageOptions> options, TimeProvider clock, ILogger<ChangeListener> log)
{
    /// <summary>The channel on which a change of the registry is announced, in its transaction.</summary>
    public const string RegistryChannel = "tutti_registry";

    /// <summary>The channel on which renewed leases are announced.</summary>
    public const string LeaseChannel = "tutti_leases";

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Calls back on each announcement, and after each reconnection, since announcements may have been missed.</summary>
    public async Task RunAsync(string channel, Action changed, CancellationToken ct)
    {
        if (options.Value.Provider is not StorageProvider.PostgreSql)
        {
            return;
        }

        var told = false;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(
                    channel,
                    () =>
                    {
                        told = false;
                        changed();
                    },
                    ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (StorageTrouble.Is(e))
            {
                if (!told)
                {
                    StorageLog.NotListening(log, e.Message);
                    told = true;
                }
            }

            await Task.Delay(Pause, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task ListenAsync(string channel, Action changed, CancellationToken ct)
    {
        // Keep-alives notice a server that went away without a word.
        var settings = new NpgsqlConnectionStringBuilder(options.Value.ConnectionString)
        {
            ApplicationName = "tutti-listener",
            KeepAlive = 5,
            Pooling = false,
            Timeout = options.Value.TimeoutSeconds,
        };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(ct);
        connection.Notification += (_, _) => changed();
        await using (var listen = new NpgsqlCommand($"LISTEN {channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(ct);
        }

        StorageLog.Listening(log, channel);
        changed();
        while (true)
        {
            await connection.WaitAsync(ct);
        }
    }
}
