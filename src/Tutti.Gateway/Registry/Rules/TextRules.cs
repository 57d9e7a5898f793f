namespace Tutti.Gateway.Registry.Rules;

/// <summary>Texts fit into every database.</summary>
internal static class TextRules
{
    public const int Short = 1_000;
    public const int Long = 65_536;
    const int Contents = 1_048_576;

    public static void Check(PartConfig part, List<Fault> faults)
    {
        faults.RequireText(part.Owner, Short, "owner");
        faults.RequireText(part.Description, Long, "description");
        faults.RequireText(part.DeprecatedInFavourOf, Short, "deprecatedInFavourOf");
        faults.RequireText(part.LocalContents.Contents, Contents, "localContents.contents");
        faults.RequireText(part.Alerts.Recipients, Long, "alerts.recipients");
        for (var i = 0; i < part.Params.Count; i++)
        {
            var param = part.Params[i];
            faults.RequireText(param.Name, Short, $"params[{i}].name");
            faults.RequireText(param.InputName, Short, $"params[{i}].inputName");
            faults.RequireText(param.Description, Long, $"params[{i}].description");
        }
    }
}
