using System.Diagnostics;
using System.Text.Json;
using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Tests.Advisories.Library;

/// <summary>Real exports in a library: nothing is lost, and it is small and quick.</summary>
public sealed class RealLibraryTests(ITestOutputHelper output) : IDisposable
{
    readonly LibrarySample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void A_library_says_what_the_exports_say_and_takes_two_fifths_of_their_bytes()
    {
        var zips = OsvData.Exports("export-t1");
        var writing = Import(zips);
        List<Advisory> advisories = [.. OsvData.Advisories("export-t1")];
        var (packed, size) = (zips.Sum(zip => new FileInfo(zip).Length), new FileInfo(_sample.Path).Length);
        List<Component> image = [.. Installed(advisories, "AlmaLinux:9", 200), .. Installed(advisories, "PyPI", 60), .. Installed(advisories, "Go", 40)];
        var opening = Stopwatch.StartNew();
        using var library = _sample.Open();
        opening.Stop();
        var again = Stopwatch.StartNew();
        _sample.Open().Dispose();
        again.Stop();
        var looking = Stopwatch.StartNew();
        var set = library.For(image);
        looking.Stop();
        var lookingAgain = Stopwatch.StartNew();
        library.For(image);
        lookingAgain.Stop();
        var cve = advisories.SelectMany(advisory => advisory.Aliases).First(alias => alias.StartsWith("CVE-", StringComparison.Ordinal));
        var finding = Stopwatch.StartNew();
        var found = library.Find(cve);
        finding.Stop();

        output.WriteLine($"measured: library: {advisories.Count} records of {zips.Count} exports: {size / 1e6:0.00} MB of {packed / 1e6:0.00} MB of zips, {100.0 * size / packed:0.0} %, written in {writing.TotalSeconds:0.0} s");
        output.WriteLine($"measured: library: opened in {opening.Elapsed.TotalMilliseconds:0.0} ms, again in {again.Elapsed.TotalMilliseconds:0.00} ms; {set.Advisories.Count} records about {image.Count} packages in {looking.Elapsed.TotalMilliseconds:0} ms, again in {lookingAgain.Elapsed.TotalMilliseconds:0} ms; "
            + $"a CVE in {finding.Elapsed.TotalMilliseconds:0} ms ({found.Count} records)");
        Assert.True(size <= 0.40 * packed, $"{size} of {packed} bytes");
        Assert.True(opening.Elapsed < TimeSpan.FromSeconds(1));

        var all = AdvisorySet.Of(advisories);
        Assert.Equal(300, image.Count);
        Assert.Equal(Rows(all.Match(image, LibrarySample.Now)), Rows(set.Match(image, LibrarySample.Now)));
        Assert.NotEmpty(Rows(all.Match(image, LibrarySample.Now)));
    }

    [Fact]
    public void Every_record_comes_back_as_it_was()
    {
        var zips = OsvData.Exports("export-t1");
        Import(zips);
        using var library = _sample.Open();
        var expected = AdvisorySet.Of(OsvData.Advisories("export-t1")).Advisories.ToDictionary(advisory => advisory.Id, advisory => JsonSerializer.Serialize(advisory), StringComparer.Ordinal);
        var packages = OsvData.Advisories("export-t1").SelectMany(advisory => advisory.Affected).Select(affected => LibrarySample.Installed(affected.Name, affected.Ecosystem)).Distinct();
        var back = library.For(packages).Advisories;

        foreach (var advisory in back)
            Assert.Equal(expected[advisory.Id], JsonSerializer.Serialize(advisory));
        var missing = expected.Keys.Except(back.Select(advisory => advisory.Id)).ToList();
        Assert.All(missing, id => Assert.Equal(expected[id], JsonSerializer.Serialize(Assert.Single(library.Find(id), advisory => advisory.Id == id))));
        output.WriteLine($"measured: library: {back.Count} records come back by their packages, {missing.Count} that name none by their ids");
    }

    [Theory]
    [InlineData("hostile")]
    [InlineData("mined")]
    public void Bare_archives_are_taken_with_all_that_can_be_read(string under)
    {
        using var import = _sample.Begin();
        foreach (var zip in OsvData.Exports(under))
            Assert.Null(LibrarySample.Add(import, zip, null));
        var outcome = import.Complete(false, TestContext.Current.CancellationToken);

        foreach (var change in outcome.Changes)
            output.WriteLine($"measured: library: {under}: {change.Source.Name}: {change.Source.Records} records, {change.Source.Rejected} rejected{string.Concat(change.Rejections.Select(rejection => $"; {rejection.Records} × {rejection.Reason}"))}");
        Assert.True(outcome.IsWritten);
        Assert.NotEmpty(outcome.Changes);
    }

    [Fact]
    public void Two_months_later_each_source_says_what_changed()
    {
        Import(OsvData.Exports("export-t0"));
        using var import = _sample.Begin();
        foreach (var zip in OsvData.Exports("export-t1"))
            Assert.Null(LibrarySample.Add(import, zip, OsvData.NameOf(zip)));
        var outcome = import.Complete(false, TestContext.Current.CancellationToken);

        foreach (var change in outcome.Changes)
            output.WriteLine($"measured: library: {change.Source.Name}: {change.Before} records before, {change.Source.Records} now: {change.Added} new, {change.Changed} changed, {change.Vanished} gone");
        Assert.True(outcome.IsWritten);
        Assert.Contains(outcome.Changes, change => change.Added > 0 && change.Changed > 0);
    }

    [Fact]
    public void Two_months_of_changes_are_few_and_quickly_found()
    {
        Import(OsvData.Exports("export-t0"));
        using var before = _sample.Open();
        Import(OsvData.Exports("export-t1"));
        using var after = _sample.Open();
        var watch = Stopwatch.StartNew();
        var difference = LibraryDifference.Between(before, after);
        watch.Stop();
        var first = Stopwatch.StartNew();
        var all = LibraryDifference.Between(null, after).Records;
        first.Stop();

        output.WriteLine($"measured: library: {string.Join(", ", difference.Records.GroupBy(change => (change.Kind, change.TextAlone)).Select(same => $"{same.Count()} {same.Key}"))} of {all.Count} records, found in {watch.Elapsed.TotalMilliseconds:0} ms; "
            + $"{difference.Records.SelectMany(change => change.Packages).Distinct().Count()} packages; all as added in {first.Elapsed.TotalMilliseconds:0} ms");
        var (old, now) = (Latest("export-t0"), Latest("export-t1"));
        Assert.Equal(now.Count, all.Count);
        Assert.Equal(
            old.Keys.Union(now.Keys).Where(id => JsonSerializer.Serialize(old.GetValueOrDefault(id)) != JsonSerializer.Serialize(now.GetValueOrDefault(id))).Order(StringComparer.Ordinal),
            difference.Records.Select(change => change.Id));

        static Dictionary<string, Advisory> Latest(string under) => AdvisorySet.Of(OsvData.Advisories(under)).Advisories.ToDictionary(advisory => advisory.Id, StringComparer.Ordinal);
    }

    TimeSpan Import(IEnumerable<string> zips)
    {
        var watch = Stopwatch.StartNew();
        using var import = _sample.Begin();
        foreach (var zip in zips)
            Assert.Null(LibrarySample.Add(import, zip, OsvData.NameOf(zip)));
        Assert.True(import.Complete(false, TestContext.Current.CancellationToken).IsWritten);
        return watch.Elapsed;
    }

    static IEnumerable<string> Rows(Inventory inventory) => inventory.Vulnerabilities
        .Select(row => $"{row.Component.Name} {row.Id} [{string.Join(' ', row.Names)}] {row.Severity} {row.FixedIn} {string.Join(' ', row.Matches.Select(match => match.Advisory.Id))}")
        .Concat(inventory.Unknown.Select(match => $"{match.Component.Name} {match.Advisory.Id} {match.Explanation.Reason}"));

    static IEnumerable<Component> Installed(IEnumerable<Advisory> advisories, string ecosystem, int count) => advisories
        .SelectMany(advisory => advisory.Affected).Where(affected => affected.Ecosystem == ecosystem)
        .GroupBy(affected => affected.Name, StringComparer.Ordinal).OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal)
        .Select(same => (Name: same.Key, Version: same.SelectMany(affected => affected.Versions.Concat(affected.Ranges.SelectMany(range => range.Events).Where(e => e.Version != "0").Select(e => e.Version))).FirstOrDefault()))
        .Where(package => package.Version is not null).Take(count).Select(package => LibrarySample.Installed(package.Name, ecosystem, package.Version!));
}
