using Tutti.Gateway.Locator;
using Tutti.Gateway.Locator.Balancing;
using Tutti.Gateway.Locator.Leases;
using Tutti.Gateway.Registry.Services;

namespace Tutti.Gateway.Tests.Locator;

/// <summary>Instances are chosen by weight, zone, host and load, and never one that is out.</summary>
public sealed class BalancerTests
{
    static readonly BalanceConfig RoundRobin = new() { Policy = BalanceConfig.RoundRobin };

    [Fact]
    public void One_that_is_out_is_never_chosen()
    {
        var service = Service(One("in"), One("starting", isStarted: false), One("lapsed", ends: 5), One("drained", weight: 0), One("failing"));
        service.Instances[4].IsFailing = true;

        for (var i = 0; i < 100; i++)
        {
            Choose(service, new BalanceConfig(), now: 5).ShouldBe("in");
            Choose(service, RoundRobin, now: 5).ShouldBe("in");
        }

        Balancer.Choose(service, new Choice(RoundRobin, null), [service.Instances[0]], 5).ShouldBeNull();
    }

    [Fact]
    public void Round_robin_follows_the_weights_exactly()
    {
        var service = Service(One("a", weight: 1), One("b", weight: 3));

        var chosen = Enumerable.Range(0, 400).Select(_ => Choose(service, RoundRobin)).CountBy(id => id).ToDictionary();

        chosen["a"].ShouldBe(100);
        chosen["b"].ShouldBe(300);
    }

    [Fact]
    public void The_less_busy_of_two_is_chosen_by_its_weight()
    {
        var service = Service(One("busy"), One("idle"));
        service.Instances[0].Begin();
        Enumerable.Range(0, 100).ShouldAllBe(_ => Choose(service, new BalanceConfig(), 0) == "idle");

        var uneven = Service(One("big", weight: 10), One("small"));
        for (var i = 0; i < 5; i++)
        {
            uneven.Instances[0].Begin();
        }

        uneven.Instances[1].Begin();
        Enumerable.Range(0, 100).ShouldAllBe(_ => Choose(uneven, new BalanceConfig(), 0) == "big");
    }

    [Fact]
    public void The_host_comes_first_then_the_zone_then_the_others_then_the_evicted()
    {
        var service = Service(One("far", zone: "b"), One("near", zone: "a"), One("here", zone: "b", host: "10.0.0.9"));
        var wanted = new Choice(RoundRobin, "a", "10.0.0.9");

        Balancer.Choose(service, wanted, [], 0)!.Model.Id.ShouldBe("here");
        service.Instances[2].Evict(10);
        Balancer.Choose(service, wanted, [], 0)!.Model.Id.ShouldBe("near");
        service.Instances[1].Evict(10);
        Balancer.Choose(service, wanted, [], 0)!.Model.Id.ShouldBe("far");
        service.Instances[0].Evict(10);
        Balancer.Choose(service, wanted, [], 0).ShouldNotBeNull();
        Balancer.Choose(service, wanted, [], 10)!.Model.Id.ShouldBe("here");
    }

    [Fact]
    public void Many_instances_are_no_trouble()
    {
        var service = Service([.. Enumerable.Range(0, 200).Select(n => One($"{n}"))]);

        Enumerable.Range(0, 2_000).Select(_ => Choose(service, new BalanceConfig(), 0)).Distinct().Count().ShouldBeGreaterThan(150);
        Enumerable.Range(0, 200).Select(_ => Choose(service, RoundRobin)).Distinct().Count().ShouldBe(200);
    }

    static string Choose(ServiceState service, BalanceConfig rules, long now = 0) => Balancer.Choose(service, new Choice(rules, null), [], now)!.Model.Id;

    [Fact]
    public void A_backup_is_chosen_only_while_no_other_is_well()
    {
        var service = Service(One("first"), One("backup", isBackup: true));

        Choose(service, RoundRobin).ShouldBe("first");
        service.Instances[0].Evict(until: 10);
        Choose(service, RoundRobin, now: 9).ShouldBe("backup");
    }

    static ServiceState Service(params InstanceState[] instances) => new() { Instances = instances };

    static InstanceState One(string id, int weight = 1, string? zone = null, string host = "10.0.0.1", bool isStarted = true, long ends = InstanceLease.Never, bool isBackup = false)
    {
        var lease = new InstanceLease();
        lease.Set(isStarted, ends, 1);
        var config = new InstanceConfig { InstanceId = id, Weight = weight, Zone = zone };
        return new InstanceState(new InstanceModel(config, "s", new Uri($"http://{host}:80")) { IsBackup = isBackup }, lease);
    }
}
