using Tutti.Bench.Load.Sides;

namespace Tutti.Bench.Load.Services;

/// <summary>What holds for each kind of work, whoever does it.</summary>
static class Works
{
    /// <summary>Whether it is answered from what is stored, without a call.</summary>
    public static bool IsHit(this Work work) => work is Work.Hit or Work.LargeHit;

    /// <summary>Whether each answer is a call of the stub.</summary>
    public static bool IsProxied(this Work work) => work is Work.Small or Work.Large or Work.Uncacheable;

    /// <summary>How many bytes of body an answer has.</summary>
    public static int BodyBytes(this Work work) => work switch
    {
        Work.LookUp => 0,
        Work.Small or Work.Hit or Work.Uncacheable => Stub.Body.Length,
        Work.Large => Stub.LargeBytes,
        Work.LargeHit => Stub.PageBytes,
    };

    /// <summary>Whether a body is the stub's own.</summary>
    public static bool IsAnsweredBy(this Work work, string body) => work.BodyBytes() == Stub.Body.Length
        ? body == Stub.Body
        : body.Length == work.BodyBytes() && body.All(c => c == 'x');

    public static string Words(this Work work) => work switch
    {
        Work.LookUp => "look-up",
        Work.Small => "proxied 1 KB",
        Work.Large => "proxied 1 MB",
        Work.Hit => "hit 1 KB",
        Work.LargeHit => "hit 100 KB",
        Work.Uncacheable => "uncacheable 1 KB",
    };
}
