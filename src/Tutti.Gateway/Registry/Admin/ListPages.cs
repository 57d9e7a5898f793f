namespace Tutti.Gateway.Registry.Admin;

/// <summary>How many entries a page of a list holds.</summary>
internal static class ListPages
{
    public const int Usual = 50;
    public const int Largest = 500;
}
