using System.Text;
using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Advisories.Records;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store.Advisories;

namespace Plimsoll.Service.Tests.Advisories;

/// <summary>Whatever the order in which images and advisories come, what is stored is what one look at the last of both says.</summary>
public sealed class IncrementalTests(PostgresServer postgres, RedisServer redis)
{
    const int Rounds = 40;

    [Theory, InlineData(Mode.Embedded, 1), InlineData(Mode.Embedded, 2), InlineData(Mode.Scaled, 3), InlineData(Mode.Scaled, 4)]
    public async Task Any_order_of_imports_and_images_ends_in_the_same(Mode mode, int seed)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        var random = new Random(seed);
        var (sources, installed) = (new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal), new List<string[]>());
        for (var round = 0; round < Rounds; round++)
        {
            if (random.Next(3) == 0)
            {
                string[] packages = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => $"package-{random.Next(8)} {random.Next(1, 6)}.{random.Next(3)}")];
                installed.Add(packages);
                await (random.Next(2) == 0 ? fleet.Store(round, packages) : fleet.Add(round, packages));
            }
            else
            {
                var name = random.Next(2) == 0 ? "PyPI" : "GIT";
                var records = sources[name] = new(sources.GetValueOrDefault(name, []), StringComparer.Ordinal);
                for (var edits = random.Next(1, 5); edits > 0; edits--)
                    if (random.Next(4) == 0)
                        records.Remove($"EX-{random.Next(12)}");
                    else
                        Edit(records, round, random);
                if (records.Count == 0)
                    Edit(records, round, random);
                await fleet.Bring(name, records.Values);
            }
            if (round % 10 == 9)
            {
                await fleet.Rematch.Settle(TestContext.Current.CancellationToken);
                Assert.Equal(AtOnce(fleet, sources, installed), await fleet.Vulnerabilities());
            }
        }
        // Twice is as good as once.
        await fleet.Rematch.All(TestContext.Current.CancellationToken);
        Assert.Equal(AtOnce(fleet, sources, installed), await fleet.Vulnerabilities());
    }

    static void Edit(Dictionary<string, string> records, int round, Random random)
    {
        var id = $"EX-{random.Next(12)}";
        string[] more =
        [
            $"\"modified\": \"2026-01-01T00:{round:00}:00Z\",",
            random.Next(3) == 0 ? $"\"aliases\": [\"CVE-2026-{random.Next(4)}\"]," : "",
            random.Next(4) == 0 ? $"\"upstream\": [\"CVE-2026-{random.Next(4)}\"]," : "",
            random.Next(8) == 0 ? "\"withdrawn\": \"2026-02-01T00:00:00Z\"," : "",
        ];
        var affected = random.Next(5) == 0 ? "" : string.Join(", ", Enumerable.Range(0, random.Next(1, 3)).Select(_ =>
            $$"""{"package": {"ecosystem": "PyPI", "name": "package-{{random.Next(8)}}"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "{{random.Next(3)}}"}, {"fixed": "{{random.Next(3, 7)}}"}]}]}"""));
        records[id] = $$"""{"id": "{{id}}", {{string.Concat(more)}} "affected": [{{affected}}]}""";
    }

    // By the engine alone, without a library, a database or a memory of what was.
    static IReadOnlyList<string> AtOnce(Fleet fleet, Dictionary<string, Dictionary<string, string>> sources, List<string[]> installed)
    {
        // Of two editions that were modified at once, the one of the first source counts.
        var set = AdvisorySet.Of(sources.OrderBy(source => source.Key, StringComparer.Ordinal).SelectMany(source => source.Value.Values).Select(json => AdvisoryReader.Read(Encoding.UTF8.GetBytes(json)).Advisory!));
        var components = installed.SelectMany(packages => fleet.Report(0, packages).Packages).Select(package => Component.Of(package, null)).Distinct();
        return [.. set.Match(components, DateTimeOffset.UtcNow).Vulnerabilities
            .SelectMany(problem => problem.Matches.Select(match => Fleet.Text(match.Component.Name, match.Component.Version, new VulnerabilityRow
            {
                AdvisoryId = match.Advisory.Id, Problem = problem.Id, Severity = match.Rating.Severity, FixedIn = match.FixedIn, Unconfirmed = match.IsUnconfirmed,
            })))
            .Order(StringComparer.Ordinal)];
    }
}
