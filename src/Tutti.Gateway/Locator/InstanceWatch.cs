using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Locator;

/// <summary>Notices instances that come in and go out, which nobody does at that moment: a lease ends by itself.</summary>
internal sealed class InstanceWatch(PartRegistry registry, ServiceDirectory directory, ServiceFeed feed, TimeProvider clock, ILogger<InstanceWatch> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    readonly Dictionary<InstanceState, bool> _wasIn = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look();
        }
    }

    void Look()
    {
        var now = clock.GetTimestamp();
        var left = new HashSet<InstanceState>(_wasIn.Keys);
        foreach (var service in registry.Current.Services.Services.Values)
        {
            foreach (var instance in directory.Of(service).Instances)
            {
                left.Remove(instance);
                Compare(instance, instance.IsIn(now), now);
            }
        }

        foreach (var gone in left.Where(gone => _wasIn.Remove(gone, out var wasIn) && wasIn))
        {
            Tell(gone, false, "gone");
        }
    }

    void Compare(InstanceState instance, bool isIn, long now)
    {
        if (_wasIn.GetValueOrDefault(instance) != isIn)
        {
            Tell(instance, isIn, instance.Word(now));
        }

        _wasIn[instance] = isIn;
    }

    void Tell(InstanceState instance, bool isIn, string state)
    {
        if (isIn)
        {
            log.InstanceIn(instance.Model.Id, instance.Model.Service, instance.Model.Address);
        }
        else
        {
            log.InstanceOut(instance.Model.Id, instance.Model.Service, instance.Model.Address, state);
        }

        feed.Publish(new InstanceEvent(instance.Model.Service, instance.Model.Address, isIn));
    }
}
