using Tutti.Bench.Load.Processes;
using Tutti.Bench.Load.Sides;

namespace Tutti.Bench.Load;

/// <summary>What every side is started with: the options, the built programs, a place for files, the stub.</summary>
sealed record Bench(LoadOptions Options, Repository Repository, TemporaryDirectory Directory, Stub Stub);
