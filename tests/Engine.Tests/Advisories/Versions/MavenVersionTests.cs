using Plimsoll.Engine.Advisories.Versions;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Advisories.Versions;

public sealed class MavenVersionTests
{
    internal static readonly VersionPieces Pieces = new(new MavenVersionOrder(),
        ["0", "1", "2", "1.0", "1.2.3", "1-", "01", "10", "a", "1.0.0", "r", "-", "."],
        ["0", "1", "2", "10", "00", ".", "-", ".0", ".1", "-0", "-1", "a", "a1", "alpha", "-beta-1", "m2", "-rc", "cr1", "-SNAPSHOT", ".Final", "ga", "-sp", "sp1", "-release", "x", "-foo", ".bar1", "-jre", "_2", "+7", "--", "Z"]);

    /// <summary>Without a word between two dots, and a zero or a release before a list: with these, Maven's order is none.</summary>
    internal static readonly VersionPieces Ordered = new(Pieces.Order,
        ["0", "1", "2", "1.0", "1.2.3", "01", "10", "1.0.0"],
        [".1", ".2", ".10", "-1", "-2", "a1", "-alpha", "-beta-1", "m2", "-rc", "cr1", "-SNAPSHOT", "-sp", "sp1", "x", "-foo", "-jre8", "_2", "+7"]);

    [Fact]
    public void Versions_stand_in_this_order() => VersionTable.Holds(Pieces.Order, """
        1-alpha < 1-alpha-1 < 1-alpha2 < 1-beta < 1-milestone < 1-rc < 1-snapshot < 1 < 1-sp < 1-abc < 1-xyz < 1-1 < 1.1	the words it knows, then the others, then numbers
        1 = 1.0 = 1.0.0 = 1-0 = 1.ga = 1-final = 1.0-release = 1-GA = 1.0.0.Final = 01	what says nothing at the end
        1-a1 = 1-alpha-1 = 1alpha1
        1-b2 = 1-beta-2 < 1-m3 = 1-milestone-3
        1-a < 1-b	a letter is short for a word before a number only
        1-rc = 1-cr = 1-RC = 1.rc	letters of any case
        1-sp < 1-a
        1.0.alpha1 < 1.0 < 1.0-1 < 1.0.1
        1.0.0.X1 < 1.0.0-X2
        1-1 < 1-2 < 1-10 < 1.0.1
        25.1-android < 25.1-jre < 26.0
        4.1.38.Final < 4.1.100.Final
        10.0.0-M8 < 10.0.0-M15 < 10.0.0
        2.0.SNAPSHOT < 2.0
        1.0.1.RELEASE = 1.0.1
        99999999999999999999.1 < 99999999999999999999.2 < 100000000000000000000	more than a long
        """);

    [Fact]
    public void Maven_itself_goes_in_circles() => VersionTable.Holds(Pieces.Order, """
        1 < 1.x.2	a word it does not know comes after the release
        1.x.2 < 1-alpha	a word comes before a list, whatever is in it
        1-alpha < 1
        """);

    [Fact]
    public void Other_text_is_no_version() => VersionTable.Refuses(Pieces.Order, "", " ", "1 2", "${project.version}", "[1,2)", "1/2", "1:2", "1.ü", "1\t2", "<version>", "1,2");

    [Fact]
    public async Task Maven_says_the_same()
    {
        Tool.SkipWithout("java", "/usr/share/java/maven3-artifact.jar");
        await VersionOracle.Agrees(Pieces, "Maven's ComparableVersion", ["Maven"], async (folder, pairs) =>
        {
            // It compares each argument with the one before it, so that every other answer is about a pair.
            var versions = File.ReadLines(pairs).SelectMany(line => line.Split('\t')).Select(version => $"\"{version}\"");
            var arguments = folder.Write("arguments", string.Join('\n', versions.Prepend($"-XX:TieredStopAtLevel=1 -cp /usr/share/java/maven3-artifact.jar org.apache.maven.artifact.versioning.ComparableVersion")));
            var output = await Tool.Run("java", [$"@{arguments}"]);
            var answers = output.Split('\n').Where(line => line.StartsWith("   ", StringComparison.Ordinal)).Select(line => line.Trim().Split(' ')[1]);
            return string.Join('\n', answers.Where((_, i) => i % 2 == 0).Select(answer => answer is "==" ? "=" : answer));
        });
    }
}
