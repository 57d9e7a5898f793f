namespace Tutti.Bench.Load;

/// <summary>A reason why nothing can be measured, worded for whoever runs the bench.</summary>
sealed class LoadFault(string message) : Exception(message);
