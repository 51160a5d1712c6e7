using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

/// <summary>All checks: what they are, how to mend what they find, and what they find in an image.</summary>
public static class CheckCatalogue
{
    /// <summary>In the order of their ids.</summary>
    public static IReadOnlyList<CheckInfo> All { get; } = [.. CheckList.All.Select(check => check.Info)];

    /// <summary>The page of a check in Markdown, <c>docs/checks/ID.md</c>; null when there is no such check.</summary>
    public static string? Page(string id) => All.Any(check => check.Id == id) ? CarriedPage.Read($"checks/{id}.md") : null;

    /// <summary>What every check finds, the worst first; then by check, layer (configuration first) and path.</summary>
    internal static IReadOnlyList<Finding> Run(InspectedImage image)
    {
        // Most checks walk the whole tree and none changes it: they run side by side, and the order is that of the list.
        var found = new List<Finding>[CheckList.All.Count];
        Parallel.For(0, found.Length, i => found[i] = [.. FindingLimit.Apply(CheckList.All[i].Info, CheckList.All[i].Run(image))]);
        return [.. found.SelectMany(findings => findings).OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Check, StringComparer.Ordinal)];
    }
}
