using System.Globalization;

namespace Tutti.Gateway.Registry.Admin;

/// <summary>Searches, sorts and cuts a list. Search text is literal; the fields to sort by are a fixed list.</summary>
internal sealed class ListQuery<T>(
    IReadOnlyDictionary<string, Comparison<T>> sorts,
    string firstSort,
    Func<T, IEnumerable<string?>> searched)
{
    /// <returns>The page, or null if the faults say why there is none.</returns>
    public Page<T>? Run(IReadOnlyList<T> entries, string? search, string? sort, string? page, string? pageSize, List<Fault> faults)
    {
        var order = Order(sort, faults);
        var number = Number(page, "page", 1, int.MaxValue, faults);
        var size = Number(pageSize, "pageSize", ListPages.Usual, ListPages.Largest, faults);
        if (order is null || faults.Count > 0)
        {
            return null;
        }

        var found = entries.Where(entry => Matches(entry, search)).ToArray();
        Array.Sort(found, order);
        return new Page<T>([.. found.Skip((int)Math.Min((number - 1L) * size, found.Length)).Take(size)], found.Length, number, size);
    }

    bool Matches(T entry, string? search) =>
        string.IsNullOrWhiteSpace(search) || searched(entry).Any(text => text?.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase) ?? false);

    Comparison<T>? Order(string? sort, List<Fault> faults)
    {
        var name = string.IsNullOrEmpty(sort) ? firstSort : sort.TrimStart('-');
        if (!sorts.TryGetValue(name, out var order))
        {
            faults.Add(new Fault("sort", $"Must be one of {string.Join(", ", sorts.Keys)}, or one of them after '-' for the reverse"));
            return null;
        }

        var byKey = sorts[firstSort];
        var sign = sort is ['-', ..] ? -1 : 1;
        return (a, b) => order(a, b) is var result && result == 0 ? byKey(a, b) : sign * Math.Sign(result);
    }

    static int Number(string? text, string field, int standard, int most, List<Fault> faults)
    {
        if (string.IsNullOrEmpty(text))
        {
            return standard;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
        {
            return number;
        }

        faults.Add(new Fault(field, string.Create(CultureInfo.InvariantCulture, $"Must be a whole number from 1 to {most}")));
        return standard;
    }
}
