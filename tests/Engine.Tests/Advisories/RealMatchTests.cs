using System.Diagnostics;
using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Tests.Advisories;

/// <summary>Real records, held against packages.</summary>
public sealed class RealMatchTests(ITestOutputHelper output)
{
    static DateTimeOffset AsOf { get; } = new(2026, 8, 22, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Records that spell out versions beside a range say the same thing twice, by the hand of whoever wrote the record: what the range holds
    /// must be what is spelt out.
    /// </summary>
    [Theory]
    [InlineData("export-t1", "PyPI", 0.99)]
    [InlineData("mined", "Maven", 0.99)]
    public void Versions_that_a_record_spells_out_are_in_its_ranges(string under, string ecosystem, double floor)
    {
        var (inside, outside) = (0, new List<string>());
        foreach (var advisory in OsvData.Advisories(under))
            foreach (var affected in advisory.Affected.Where(affected => affected.Ecosystem == ecosystem && affected.Versions.Count > 0 && affected.Ranges.Any(range => range.Events.Count > 0)))
            {
                // The record without its list: only the ranges are left to say so.
                var candidate = new Candidate(advisory with { Withdrawn = null }, affected with { Versions = [] });
                foreach (var version in affected.Versions)
                    if (candidate.Against(ComponentOf(ecosystem, affected.Name, version), new InstalledVersion(version), AsOf) is { Outcome: not MatchOutcome.Affected } match)
                        outside.Add($"{advisory.Id} {affected.Name} {version}: {match.Outcome}, {match.Explanation.Reason}");
                    else
                        inside++;
            }

        output.WriteLine($"measured: ranges: {inside} of {inside + outside.Count} versions that records of {ecosystem} spell out are in their ranges");
        outside.Take(8).ToList().ForEach(output.WriteLine);
        Assert.True(inside > 1000 && inside >= floor * (inside + outside.Count), $"{outside.Count} are not");
    }

    /// <summary>
    /// A version that a record both introduces a problem in and fixes it in is one that never had it, where nothing was open before, and where
    /// something was, one that has it. Both are counted by themselves.
    /// </summary>
    [Fact]
    public void A_version_that_introduced_a_problem_is_affected_and_one_that_fixed_it_is_not()
    {
        var (right, tied, unknown, wrong) = (0, 0, 0, new List<string>());
        foreach (var advisory in OsvData.Advisories("export-t1").Where(advisory => !advisory.IsWithdrawn(AsOf) && EcosystemRules.NoVulnerability(advisory.Id) is null))
            foreach (var affected in advisory.Affected.Where(affected => affected.Versions.Count == 0 && affected.CustomRanges.Count == 0 && affected.Ranges.Count(range => range.Events.Count > 0) == 1))
            {
                var (candidate, events) = (new Candidate(advisory, affected), affected.Ranges.Single(range => range.Events.Count > 0).Events);
                foreach (var e in events.Where(e => e.Version != "0"))
                {
                    var match = candidate.Against(ComponentOf(affected.Ecosystem, affected.Name, e.Version), new InstalledVersion(e.Version), AsOf);
                    if (match.Outcome == MatchOutcome.Unknown)
                        unknown++;
                    else if (match.Outcome == MatchOutcome.Affected == e.Kind is EventKind.Introduced or EventKind.LastAffected)
                        right++;
                    else if (events.Any(other => other.Version == e.Version && other.Kind != e.Kind))
                        tied++;
                    else
                        wrong.Add($"{advisory.Id} {affected.Name} {e}: {match.Explanation.Reason} in {match.Explanation.Range}");
                }
            }

        output.WriteLine($"measured: ranges: {right} of {right + wrong.Count} events are on the right side of themselves, {tied} more are at a version that their record both introduces and fixes, {unknown} unknown");
        wrong.Take(8).ToList().ForEach(output.WriteLine);
        Assert.True(right > 100_000 && wrong.Count <= right / 1000, $"{wrong.Count} are not");
    }

    [Fact]
    public void An_image_of_three_hundred_packages_is_matched_in_no_time()
    {
        var advisories = OsvData.Advisories("export-t1").ToList();
        var indexing = Stopwatch.StartNew();
        var set = AdvisorySet.Of(advisories);
        indexing.Stop();
        List<Component> image = [.. Installed(advisories, "AlmaLinux:9", 200), .. Installed(advisories, "PyPI", 60), .. Installed(advisories, "Go", 40)];
        var (first, again) = (Stopwatch.StartNew(), new Stopwatch());
        var inventory = set.Match(image, AsOf);
        first.Stop();
        again.Start();
        var second = set.Match(image, AsOf);
        again.Stop();

        output.WriteLine($"measured: matching: {image.Count} packages with {set.Advisories.Count} records: {inventory.Vulnerabilities.Count} vulnerabilities, {inventory.Unknown.Count} unknown, "
            + $"{first.Elapsed.TotalMilliseconds:0} ms, {again.Elapsed.TotalMilliseconds:0} ms a second time; {indexing.ElapsedMilliseconds} ms to index the records");
        foreach (var reason in inventory.Unknown.GroupBy(match => (match.Explanation.Ecosystem, match.Explanation.Reason)).OrderByDescending(same => same.Count()).Take(10))
            output.WriteLine($"{reason.Count()} × unknown in {reason.Key.Ecosystem}: {reason.Key.Reason}");
        Assert.Equal(300, image.Count);
        Assert.NotEmpty(inventory.Vulnerabilities);
        Assert.Equal(inventory.Vulnerabilities.Select(row => (row.Component, row.Id, row.FixedIn)), second.Vulnerabilities.Select(row => (row.Component, row.Id, row.FixedIn)));
        Assert.All(inventory.Vulnerabilities, row => Assert.All(row.Matches, match => Assert.NotEmpty(match.Explanation.Reason)));
    }

    // The packages that most records name, at a version that one of these names: of the oldest fix, or of the oldest that is spelt out.
    static IEnumerable<Component> Installed(IEnumerable<Advisory> advisories, string ecosystem, int count) => advisories
        .SelectMany(advisory => advisory.Affected).Where(affected => affected.Ecosystem == ecosystem)
        .GroupBy(affected => affected.Name, StringComparer.Ordinal).OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal)
        .Select(same => (Name: same.Key, Version: same.SelectMany(affected => affected.Versions.Concat(affected.Ranges.SelectMany(range => range.Events).Where(e => e.Version != "0").Select(e => e.Version))).FirstOrDefault()))
        .Where(package => package.Version is not null).Take(count).Select(package => ComponentOf(ecosystem, package.Name, package.Version!));

    static Component ComponentOf(string ecosystem, string name, string version) => new(ecosystem, name, version, name, version, null, null, OwnerKind.None);
}
