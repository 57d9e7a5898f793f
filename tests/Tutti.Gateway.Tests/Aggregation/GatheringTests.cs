using Microsoft.Extensions.Time.Testing;
using Tutti.Gateway.Aggregation;
using Tutti.Gateway.Calls;

namespace Tutti.Gateway.Tests.Aggregation;

public sealed class GatheringTests : IDisposable
{
    readonly FakeTimeProvider _clock = new();
    readonly AggregateDeadlines _deadlines;

    public GatheringTests()
    {
        _deadlines = new AggregateDeadlines(TimeSpan.FromMilliseconds(500), TimeSpan.Zero, _clock, CancellationToken.None);
    }

    [Fact]
    public void It_is_done_when_the_last_call_has_ended()
    {
        var gathering = Gather(Call(), Call());

        gathering.Settle(1, Answer("b"));
        gathering.Done.IsCompleted.ShouldBeFalse();
        gathering.Settle(0, Answer("a"));

        gathering.Done.IsCompletedSuccessfully.ShouldBeTrue();
        TextOf(gathering[0]).ShouldBe("a");
        TextOf(gathering[1]).ShouldBe("b");
    }

    [Fact]
    public void Closed_it_is_done_and_what_is_open_is_out_of_time()
    {
        var gathering = Gather(Call(), Call());
        gathering.Settle(0, Answer("a"));

        gathering.Close();

        gathering.Done.IsCompletedSuccessfully.ShouldBeTrue();
        TextOf(gathering[0]).ShouldBe("a");
        gathering[1].Failure.ShouldBe(PartFailure.OutOfTime);
        gathering[1].Message.ShouldBe("Timed out after 500 ms");
    }

    [Fact]
    public void An_outcome_that_comes_too_late_is_let_go_and_changes_nothing()
    {
        var gathering = Gather(Call());
        gathering.Close();
        var late = Answer("late");

        gathering.Settle(0, late);

        gathering[0].Failure.ShouldBe(PartFailure.OutOfTime);
        IsLetGo(late).ShouldBeTrue();
    }

    [Fact]
    public void Outcomes_are_let_go_when_the_answer_is_written_and_not_before()
    {
        var gathering = Gather(Call());
        var outcome = Answer("a");
        gathering.Settle(0, outcome);
        IsLetGo(outcome).ShouldBeFalse();

        gathering.Leave();

        IsLetGo(outcome).ShouldBeTrue();
    }

    [Fact]
    public void Deadlines_live_until_the_last_of_calls_and_answer_is_over()
    {
        var gathering = Gather(Call(), Call());
        gathering.Settle(0, Answer("a"));
        gathering.Close();
        gathering.Leave();
        IsOver(_deadlines).ShouldBeFalse();

        gathering.Settle(1, Answer("b"));

        IsOver(_deadlines).ShouldBeTrue();
    }

    [Fact]
    public void Without_calls_the_deadlines_end_with_the_answer()
    {
        Gather().Leave();

        IsOver(_deadlines).ShouldBeTrue();
    }

    [Fact]
    public void Closed_after_the_last_outcome_it_keeps_it()
    {
        var gathering = Gather(Call());
        gathering.Settle(0, Answer("a"));

        gathering.Close();

        TextOf(gathering[0]).ShouldBe("a");
    }

    [Fact]
    public async Task A_mistake_of_the_program_is_not_hidden()
    {
        var gathering = Gather(Call());

        gathering.Break(new InvalidOperationException("a mistake"));

        (await Should.ThrowAsync<InvalidOperationException>(gathering.Done)).Message.ShouldBe("a mistake");
    }

    public void Dispose() => _deadlines.Dispose();

    Gathering Gather(params PartCall[] calls) => new([.. calls.Select(call => new PlannedCall(call, null))], _deadlines);

    static PartCall Call() => Some.Call();

    static PartOutcome Answer(string text) => new() { Status = 200, Body = TextBody.Of(text) };

    static string TextOf(PartOutcome outcome) => System.Text.Encoding.UTF8.GetString(outcome.Body!.Utf8);

    static bool IsLetGo(PartOutcome outcome)
    {
        try
        {
            return outcome.Body!.Utf8.IsEmpty;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    static bool IsOver(AggregateDeadlines deadlines)
    {
        try
        {
            return deadlines.Passed.IsCancellationRequested;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }
}
