using Tutti.Samples.Batching;

BatchingApp.Create(args).Run();
