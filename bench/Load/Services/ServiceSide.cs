using Tutti.Bench.Load.Processes;
using Tutti.Bench.Load.Sides;

namespace Tutti.Bench.Load.Services;

/// <summary>One gateway, asked for one kind of work.</summary>
/// <param name="Services">How many services are asked in turn.</param>
sealed record ServiceSide(string Name, Work Work, ChildProcess Process, Uri Url, int Services = 1)
{
    public const string Nginx = "nginx";
    public const string HaProxy = "HAProxy";
    public const string Yarp = "YARP's forwarder";
    public const string Tutti = "tutti";
    public const string TuttiCrowded = "tutti, crowded";
    public const string TuttiScattered = "tutti, crowded and all in use";

    /// <summary>How many bytes of body an answer has.</summary>
    public int BodyBytes => Work switch
    {
        Work.LookUp => 0,
        Work.Small => Stub.Body.Length,
        Work.Large => Stub.LargeBytes,
    };

    /// <summary>The paths that are asked in turn.</summary>
    public IEnumerable<string> Paths => Work switch
    {
        Work.LookUp => Small.Select(path => $"/services{path}"),
        Work.Small => Small,
        Work.Large => [$"{Stub.Large}/1?q=1"],
    };

    IEnumerable<string> Small => Enumerable.Range(0, Services).Select(number => $"{Stub.Small}{number}/1?q=1");
}
