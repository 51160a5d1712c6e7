using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Rules.Measured;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>All rules for Dockerfiles: what they are, how to mend what breaks them, and what they say of a file.</summary>
public static class RuleCatalogue
{
    static readonly IReadOnlyList<IDockerfileRule> Rules = [.. GeneralRules.All.Concat(PackageRules.All)
        .OrderBy(rule => rule.Info.Id, StringComparer.Ordinal)];

    /// <summary>In the order of their ids.</summary>
    public static IReadOnlyList<RuleInfo> All { get; } = [.. Rules.Select(rule => rule.Info)
        .Concat(MeasuredRules.All.Select(rule => rule.Info)).Append(UnusedIgnore.Info).OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    /// <summary>The page of a rule in Markdown, <c>docs/rules/ID.md</c>; null when there is no such rule.</summary>
    public static string? Page(string id) => All.Any(rule => rule.Id == id) ? CarriedPage.Read($"rules/{id}.md") : null;

    /// <summary>What every rule says of a file, in the order of the file, without what its comments silence.</summary>
    internal static IReadOnlyList<Advice> Run(BuildPlan plan) => Run(ReviewedFile.Of(plan), Surroundings.None).Advices;

    /// <param name="around">What is known besides the file.</param>
    internal static (IReadOnlyList<Advice> Advices, int Silenced) Run(ReviewedFile file, Surroundings around)
    {
        var measured = MeasuredRules.All.Select(rule => (rule.Info, Remarks: rule.Run(file.Plan, around))).ToList();
        var ignores = new Ignores(file.Plan.File);
        List<Advice> all = [.. Rules.Select(rule => (rule.Info, Remarks: rule.Run(file)))
            .Concat(measured.Select(rule => (rule.Info, Remarks: rule.Remarks ?? [])))
            .SelectMany(rule => rule.Remarks.Select(remark => new Advice(rule.Info, remark)))];
        List<Advice> left = [.. all.Where(advice => !ignores.Silence(advice))];
        var known = All.Select(rule => rule.Id).Concat(All.Select(rule => rule.Hadolint).OfType<string>())
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var unused = ignores.Unused(known, measured.Where(rule => rule.Remarks is null)
            .Select(rule => rule.Info.Id).ToHashSet(StringComparer.Ordinal)).Select(remark => new Advice(UnusedIgnore.Info, remark));
        List<Advice> said = [.. left.Concat(unused.Where(advice => !ignores.Silence(advice)))
            .OrderBy(advice => advice.Remark.Start).ThenBy(advice => advice.Rule.Id, StringComparer.Ordinal)];
        return (said, all.Count - left.Count);
    }
}
