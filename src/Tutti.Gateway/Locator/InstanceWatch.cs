using Tutti.Gateway.Registry;

namespace Tutti.Gateway.Locator;

/// <summary>Notices instances that come in and go out, which nobody does at that moment: a lease ends by itself.</summary>
internal sealed class InstanceWatch(PartRegistry registry, ServiceDirectory directory, ServiceFeed feed, TimeProvider clock, ILogger<InstanceWatch> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    readonly Dictionary<InstanceState, (bool IsIn, int Round)> _seen = [];
    int _round;

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
        var count = 0;
        _round++;
        foreach (var service in registry.Current.Services.Services.Values)
        {
            foreach (var instance in directory.Of(service).Instances)
            {
                Compare(instance, instance.IsIn(now), now);
                count++;
            }
        }

        if (count != _seen.Count)
        {
            Forget();
        }
    }

    void Compare(InstanceState instance, bool isIn, long now)
    {
        if (_seen.GetValueOrDefault(instance).IsIn != isIn)
        {
            Tell(instance, isIn, instance.Word(now));
        }

        _seen[instance] = (isIn, _round);
    }

    void Forget()
    {
        foreach (var (gone, _) in _seen.Where(one => one.Value.Round != _round).ToArray())
        {
            if (_seen.Remove(gone, out var last) && last.IsIn && !HasSuccessor(gone))
            {
                Tell(gone, false, "gone");
            }
        }
    }

    /// <summary>An instance whose weight or zone changed is another object at the same place.</summary>
    bool HasSuccessor(InstanceState gone) => registry.Current.Services.Services.TryGetValue(gone.Model.Service, out var service)
        && directory.Of(service).Instances.Any(instance => instance.Model.Address == gone.Model.Address);

    void Tell(InstanceState instance, bool isIn, string state)
    {
        if (state is "lapsed" or "failing")
        {
            log.InstanceOut(instance.Model.Id, instance.Model.Service, instance.Model.Address, state);
        }
        else
        {
            log.InstanceChanged(instance.Model.Id, instance.Model.Service, instance.Model.Address, state);
        }

        feed.Publish(new InstanceEvent(instance.Model.Service, instance.Model.Address, isIn));
    }
}
