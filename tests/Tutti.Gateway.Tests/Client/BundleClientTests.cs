using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;
using Tutti.Client;

namespace Tutti.Gateway.Tests.Client;

/// <summary>The client keeps what it may, shares what it asks, and does nothing where nobody manages its process.</summary>
public sealed class BundleClientTests : IDisposable
{
    readonly FakeTimeProvider _clock = new();
    readonly Answers _answers = new();
    readonly BundleClient _client;

    public BundleClientTests() => _client = Client("bundle");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_location_is_kept_as_long_as_it_may_be()
    {
        _answers.Next = Found("http://a/1", maxAge: 10);
        (await _client.LocateAsync("/customers", ct: Ct)).ShouldBe(new Uri("http://a/1"));
        _answers.Next = Found("http://b/1", maxAge: 10);
        _clock.Advance(TimeSpan.FromSeconds(9));
        (await _client.LocateAsync("customers", ct: Ct)).ShouldBe(new Uri("http://a/1"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await _client.LocateAsync("customers", ct: Ct)).ShouldBe(new Uri("http://b/1"));
        _answers.Asked.ShouldBe(["GET http://gw:9000/services/customers", "GET http://gw:9000/services/customers"]);
    }

    [Fact]
    public async Task An_unknown_service_a_failure_and_an_answer_without_max_age_are_not_kept()
    {
        _answers.Next = () => new HttpResponseMessage(HttpStatusCode.NotFound);
        (await _client.LocateAsync("x", new Uri("http://fallback"), Ct)).ShouldBeNull();
        _answers.Next = () => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        (await Should.ThrowAsync<HttpRequestException>(_client.LocateAsync("x", ct: Ct))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        _answers.Next = Found("http://a", maxAge: null);
        await _client.LocateAsync("x", ct: Ct);
        await _client.LocateAsync("x", ct: Ct);
        _answers.Asked.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Look_ups_at_the_same_time_are_one_request()
    {
        var go = new TaskCompletionSource();
        _answers.Wait = go.Task;
        _answers.Next = Found("http://a", maxAge: 10);
        var all = Enumerable.Range(0, 50).Select(_ => _client.LocateAsync("x", ct: Ct)).ToArray();
        go.SetResult();

        (await Task.WhenAll(all)).ShouldAllBe(found => found == new Uri("http://a"));
        _answers.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_failed_is_evicted()
    {
        _answers.Next = Found("http://a", maxAge: 10);
        await _client.LocateAsync("x", ct: Ct);
        _client.Evict("/x");
        await _client.LocateAsync("x", ct: Ct);
        _answers.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Where_nobody_manages_it_the_fallback_is_given_and_nothing_is_sent()
    {
        using var alone = Client(null);

        (await alone.LocateAsync("x", new Uri("http://fallback"), Ct)).ShouldBe(new Uri("http://fallback"));
        (await alone.LocateAsync("x", ct: Ct)).ShouldBeNull();
        (await alone.SignalStartedAsync(Ct)).ShouldBeTrue();
        alone.IsManaged.ShouldBeFalse();
        _answers.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(HttpStatusCode.NoContent, true)]
    [InlineData(HttpStatusCode.OK, true)]
    [InlineData(HttpStatusCode.NotFound, false)]
    [InlineData(HttpStatusCode.ServiceUnavailable, false)]
    public async Task The_start_is_signalled(HttpStatusCode status, bool taken)
    {
        _answers.Next = () => new HttpResponseMessage(status);
        (await _client.SignalStartedAsync(Ct)).ShouldBe(taken);
        _answers.Asked.ShouldBe(["PUT http://gw:9001/bundles/bundle?isStarted=true"]);
    }

    [Fact]
    public async Task A_gateway_that_does_not_answer_in_five_seconds_took_no_signal()
    {
        _answers.Wait = Task.Delay(Timeout.Infinite, Ct);
        var signal = _client.SignalStartedAsync(Ct);
        _clock.Advance(TimeSpan.FromSeconds(5));
        (await signal).ShouldBeFalse();
    }

    BundleClient Client(string? bundle) => new(new BundleSettings(bundle, new Uri("http://gw:9000/services"), new Uri("http://gw:9001")), _answers, _clock);

    static Func<HttpResponseMessage> Found(string location, int? maxAge) => () =>
    {
        var answer = new HttpResponseMessage(HttpStatusCode.TemporaryRedirect);
        answer.Headers.Location = new Uri(location);
        answer.Headers.CacheControl = maxAge is { } seconds ? new CacheControlHeaderValue { MaxAge = TimeSpan.FromSeconds(seconds) } : null;
        return answer;
    };

    /// <summary>Answers as it is told and remembers what it was asked.</summary>
    sealed class Answers : HttpMessageHandler
    {
        public Func<HttpResponseMessage> Next { get; set; } = () => new HttpResponseMessage(HttpStatusCode.NoContent);

        public Task Wait { get; set; } = Task.CompletedTask;

        public ConcurrentQueue<string> Asked { get; } = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Enqueue($"{request.Method} {request.RequestUri}");
            await Wait.WaitAsync(cancellationToken);
            return Next();
        }
    }
}
