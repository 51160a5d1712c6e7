using System.Text;
using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Advisories.Records;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store.Advisories;

namespace Plimsoll.Service.Tests.Advisories;

/// <summary>Whatever the order in which images and advisories come, what is stored is what one look at the last of both says.</summary>
public sealed class IncrementalTests(PostgresServer postgres, RedisServer redis)
{
    const int Rounds = 40;

    [Theory, InlineData(Mode.Embedded, 1), InlineData(Mode.Embedded, 2), InlineData(Mode.Scaled, 3), InlineData(Mode.Scaled, 4)]
    public async Task Any_order_of_imports_and_images_ends_in_the_same(Mode mode, ulong seed)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        var dice = new Dice(seed);
        var (sources, installed) = (new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal), new List<string[]>());
        for (var round = 0; round < Rounds; round++)
        {
            if (dice.Roll(3) == 0)
            {
                string[] packages = [.. Enumerable.Range(0, 1 + dice.Roll(5)).Select(_ => $"package-{dice.Roll(8)} {1 + dice.Roll(5)}.{dice.Roll(3)}")];
                installed.Add(packages);
                await (dice.Roll(2) == 0 ? fleet.Store(round, packages) : fleet.Add(round, packages));
            }
            else
            {
                var name = dice.Roll(2) == 0 ? "PyPI" : "GIT";
                var records = sources[name] = new(sources.GetValueOrDefault(name, []), StringComparer.Ordinal);
                for (var edits = 1 + dice.Roll(4); edits > 0; edits--)
                    if (dice.Roll(4) == 0)
                        records.Remove($"EX-{dice.Roll(12)}");
                    else
                        Edit(records, round, dice);
                if (records.Count == 0)
                    Edit(records, round, dice);
                await fleet.Bring(name, records.Values);
            }
            if (round % 10 == 9)
            {
                await fleet.Rematch.Settle(TestContext.Current.CancellationToken);
                Assert.Equal(AtOnce(fleet, sources, installed), await fleet.Vulnerabilities());
            }
        }
        // Twice is as good as once.
        await fleet.MatchAgain();
        Assert.Equal(AtOnce(fleet, sources, installed), await fleet.Vulnerabilities());
    }

    static void Edit(Dictionary<string, string> records, int round, Dice dice)
    {
        var id = $"EX-{dice.Roll(12)}";
        string[] more =
        [
            $"\"modified\": \"2026-01-01T00:{round:00}:00Z\",",
            dice.Roll(3) == 0 ? $"\"aliases\": [\"CVE-2026-{dice.Roll(4)}\"]," : "",
            dice.Roll(4) == 0 ? $"\"upstream\": [\"CVE-2026-{dice.Roll(4)}\"]," : "",
            dice.Roll(8) == 0 ? "\"withdrawn\": \"2026-02-01T00:00:00Z\"," : "",
        ];
        var affected = dice.Roll(5) == 0 ? "" : string.Join(", ", Enumerable.Range(0, 1 + dice.Roll(2)).Select(_ =>
            $$"""{"package": {"ecosystem": "PyPI", "name": "package-{{dice.Roll(8)}}"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "{{dice.Roll(3)}}"}, {"fixed": "{{3 + dice.Roll(4)}}"}]}]}"""));
        records[id] = $$"""{"id": "{{id}}", {{string.Concat(more)}} "affected": [{{affected}}]}""";
    }

    // By the engine alone, without a library, a database or a memory of what was.
    static IReadOnlyList<string> AtOnce(Fleet fleet, Dictionary<string, Dictionary<string, string>> sources, List<string[]> installed)
    {
        // Of two editions that were modified at once, the one of the first source counts.
        var set = AdvisorySet.Of(sources.OrderBy(source => source.Key, StringComparer.Ordinal).SelectMany(source => source.Value.Values).Select(json => AdvisoryReader.Read(Encoding.UTF8.GetBytes(json)).Advisory!));
        var components = installed.SelectMany(packages => fleet.Report(0, packages).Packages).Select(package => Component.Of(package, null)).Distinct();
        return [.. set.Match(components, TimeProvider.System.GetUtcNow()).Vulnerabilities
            .SelectMany(problem => problem.Matches.Select(match => Fleet.Text(match.Component.Name, match.Component.Version, new VulnerabilityRow
            {
                AdvisoryId = match.Advisory.Id, Problem = problem.Id, Severity = match.Rating.Severity, FixedIn = match.FixedIn, Unconfirmed = match.IsUnconfirmed,
            })))
            .Order(StringComparer.Ordinal)];
    }
}
