using Plimsoll.Engine.Advisories.Versions;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Advisories.Versions;

public sealed class SemVerVersionTests
{
    static readonly string[] Others =
        ["0", "1", "9", "10", "00", "01", ".", ".0", ".1", ".10", "-", "-0", "-alpha", "-rc.1", "-beta.11", "a", "A", "rc", "x", "+1", "+b.2", "+b", "--", ".-1", "-1a"];

    internal static readonly VersionPieces Pieces = new(new SemVerOrder(), ["0.0.0", "1.0.0", "1.2.3", "1.2.10", "v1.2.3", "1.2.3-", "1.2.3-0.", "1.2.3-alpha", "10.0.1", "1.2"], Others);

    // npm stops comparing where two builds count the same, as 1 and 01 do, whatever follows. Pub goes on.
    internal static readonly VersionPieces BuildPieces = new(new SemVerBuildOrder(), ["1.0.0", "1.2.3", "1.2.3-a", "1.2.3+", "1.2.3-1+a"], [.. Others.Where(piece => !piece.StartsWith('0')), "+1.2", "+", "+a"]);

    internal static readonly VersionPieces BitnamiPieces = new(new BitnamiVersionOrder(), ["0.0.0", "1.0.0", "1.2.3", "2024.01.02", "1.2.3-", "1.2.10", "1.2.03"], Others);

    [Fact]
    public void Versions_stand_in_this_order() => VersionTable.Holds(Pieces.Order, """
        1.0.0-alpha < 1.0.0-alpha.1 < 1.0.0-alpha.beta < 1.0.0-beta < 1.0.0-beta.2 < 1.0.0-beta.11 < 1.0.0-rc.1 < 1.0.0	the example of the specification
        1.0.0 < 2.0.0 < 2.1.0 < 2.1.1 < 2.1.9 < 2.1.10
        1.0.0-0 < 1.0.0-1 < 1.0.0-2 < 1.0.0-10 < 1.0.0-- < 1.0.0-1a < 1.0.0-A < 1.0.0-a	numbers before words, and words by their code
        1.0.0 = 1.0.0+1 = 1.0.0+2.x = v1.0.0	what stands behind + does not count
        1.0.0-a = 1.0.0-a+b
        1.0.0-a.b < 1.0.0-a-b < 1.0.0-ab	a hyphen is part of a word
        9007199254740991.0.0 < 9007199254740992.0.0 < 9007199254740993.0.0	more than npm counts
        """);

    [Fact]
    public void Other_text_is_no_version() => VersionTable.Refuses(Pieces.Order,
        "", "1", "1.2", "1.2.3.4", "01.2.3", "1.02.3", "1.2.3-01", "1.2.3-", "1.2.3+", "1.2.3-a..b", "1.2.3-a_b", "1.2.3+a+b", "1.2.3-ü", "a.b.c", "1.2.x", "*", "latest", "V1.2.3", "vv1.2.3", "1.2.3 ", "-1.2.3", "^1.2.3", "1..2", "1.2.");

    [Fact]
    public async Task Npm_says_the_same() => await VersionOracle.Agrees(Pieces, $"npm's semver {Semver}", ["npm", "crates.io", "Hex", "SwiftURL"], Ask("compare"), refused: true);

    [Fact]
    public void With_builds_versions_stand_in_this_order() => VersionTable.Holds(BuildPieces.Order, """
        1.0.0-a < 1.0.0-a+1 < 1.0.0 < 1.0.0+1 < 1.0.0+2 < 1.0.0+10 < 1.0.0+10.1 < 1.0.0+a < 1.0.1-0	Pub and Julia publish again that way
        """);

    [Fact]
    public async Task Npm_says_the_same_where_builds_count() => await VersionOracle.Agrees(BuildPieces, $"npm's semver {Semver} (compareBuild)", ["Pub", "Julia"], Ask("compareBuild"), refused: true);

    [Fact]
    public void Revisions_of_Bitnami_stand_in_this_order() => VersionTable.Holds(BitnamiPieces.Order, """
        1.2.3 < 1.2.3-0 < 1.2.3-1 < 1.2.3-2 < 1.2.3-10 < 1.2.3-r01 < 1.2.4 < 1.10.0	a revision is newer than none
        1.2.3-1 = 1.2.3-1+build = 1.2.3-01 = 1.2.03-1
        2024.03.30 < 2026.04.10 < 2026.10.01 < 2026.10.01-1	numbers of dates begin with 0
        2.6.0 < 2.6.0-0 < 2.6.0-rc1 < 2.6.1	a pre-release is a revision to Bitnami
        """);

    [Fact]
    public void Other_text_is_no_version_of_Bitnami() => VersionTable.Refuses(BitnamiPieces.Order, "", "1", "1.2", "v1.2.3", "1.2.3.4", "1.2.3-", "nightly.2026-03-10.0", "1.2.3-1_2");

    const string Semver = "7.8.6";

    static Func<TemporaryFolder, string, Task<string>> Ask(string compare) => async (_, pairs) =>
    {
        Tool.SkipWithout("node");
        var package = await NpmPackage.Get("semver", Semver);
        return await Tool.Run("node", ["-e", """
            const [folder, pairs, compare] = process.argv.slice(1)
            const semver = require(folder)
            const answer = (a, b) => semver.valid(a) && semver.valid(b) ? '<=>'[semver[compare](a, b) + 1] : '?'
            console.log(require('fs').readFileSync(pairs, 'utf8').trimEnd().split('\n').map(line => answer(...line.split('\t'))).join('\n'))
            """, package, pairs, compare]);
    };
}
