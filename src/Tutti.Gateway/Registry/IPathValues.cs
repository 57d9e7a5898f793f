namespace Tutti.Gateway.Registry;

/// <summary>Gives a template its values, without a closure per call.</summary>
internal interface IPathValues
{
    /// <summary>The first value of the path param of that name; null if there is none.</summary>
    string? First(string name);
}
