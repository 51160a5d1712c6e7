using CsCheck;
using Plimsoll.Engine.Advisories.Aliases;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Tests.Advisories;

public sealed class AliasGroupsTests
{
    [Fact]
    public void Aliases_hold_both_ways_and_through_records_that_are_not_there()
    {
        var groups = AliasGroups.Of([Of("GO-1", aliases: ["CVE-2026-2", "GHSA-x"]), Of("PYSEC-1", aliases: ["GHSA-x"]), Of("RUSTSEC-1")]);

        Assert.Equal(["CVE-2026-2", "GHSA-x", "GO-1", "PYSEC-1"], groups.Names("PYSEC-1"));
        Assert.All(groups.Names("PYSEC-1"), name => Assert.Equal("CVE-2026-2", groups.Name(name)));
        Assert.Equal(["RUSTSEC-1"], groups.Names("RUSTSEC-1"));
        Assert.Equal("never heard of", groups.Name("never heard of"));
    }

    [Fact]
    public void A_problem_without_a_CVE_goes_by_the_smallest_of_its_names() => Assert.Equal("GHSA-a", AliasGroups.Of([Of("PYSEC-1", aliases: ["GHSA-b", "GHSA-a"])]).Name("PYSEC-1"));

    [Fact]
    public void Upstream_is_followed_on_and_never_back()
    {
        var groups = AliasGroups.Of([
            Of("USN-1", upstream: ["UBUNTU-CVE-2026-1"]), Of("UBUNTU-CVE-2026-1", upstream: ["CVE-2026-1"]),
            Of("GHSA-x", aliases: ["CVE-2026-1"]), Of("CVE-2026-1", upstream: ["USN-1"])]);

        Assert.Equal(["CVE-2026-1", "GHSA-x", "UBUNTU-CVE-2026-1"], groups.Upstream("USN-1"));
        Assert.NotEqual(groups.Name("USN-1"), groups.Name("CVE-2026-1"));
        Assert.Empty(AliasGroups.Of([Of("DSA-1", upstream: ["CVE-2026-9"])]).Upstream("CVE-2026-9"));
    }

    [Fact]
    public void Related_records_are_never_one_problem()
    {
        var groups = AliasGroups.Of([Of("ALSA-1", related: ["CVE-2026-1"]), Of("CVE-2026-1")]);

        Assert.Equal(["ALSA-1"], groups.Names("ALSA-1"));
        Assert.Empty(groups.Upstream("ALSA-1"));
    }

    [Fact]
    public void The_order_of_the_records_does_not_matter() =>
        Gen.Select(Gen.Int[0, 30], Gen.Int[0, 30]).Array[0, 40].SelectMany(pairs => Gen.Shuffle(pairs).Select(shuffled => (pairs, shuffled))).Sample(sample =>
        {
            var (one, other) = (Groups(sample.pairs), Groups(sample.shuffled));
            return Enumerable.Range(0, 31).All(id => one.Names(IdOf(id)).SequenceEqual(other.Names(IdOf(id))))
                && sample.pairs.All(pair => one.Name(IdOf(pair.Item1)) == one.Name(IdOf(pair.Item2)));
        });

    [Fact]
    public void A_chain_of_a_hundred_thousand_aliases_is_one_problem()
    {
        var groups = AliasGroups.Of(Enumerable.Range(0, 100_000).Select(id => Of($"EX-{id:D6}", aliases: [$"EX-{id + 1:D6}"])));

        Assert.Equal("EX-000000", groups.Name("EX-100000"));
        Assert.Equal(100_001, groups.Names("EX-050000").Count);
    }

    static AliasGroups Groups((int, int)[] pairs) => AliasGroups.Of(pairs.Select(pair => Of(IdOf(pair.Item1), aliases: [IdOf(pair.Item2)])));

    static string IdOf(int number) => number % 3 == 0 ? $"CVE-2026-{number}" : $"EX-{number}";

    static Advisory Of(string id, string[]? aliases = null, string[]? upstream = null, string[]? related = null) =>
        new(id, DateTimeOffset.UnixEpoch, null, null, null, aliases ?? [], upstream ?? [], related ?? [], [], [], [], true);
}
