using Plimsoll.Engine.Advisories.Versions;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Advisories.Versions;

public sealed class RubyGemsVersionTests
{
    internal static readonly VersionPieces Pieces = new(new RubyGemsVersionOrder(),
        ["0", "1", "2", "1.0", "1.2.3", "01", "10", "1.0.0"],
        [".0", ".1", ".9", ".10", ".00", ".01", ".a", ".b", ".A", ".rc1", ".pre", ".a0", ".0a", "-1", "-a", "-x86", ".b2c3", "0", "1", "a", ".", "-", "--"]);

    [Fact]
    public void Versions_stand_in_this_order() => VersionTable.Holds(Pieces.Order, """
        1.a < 1.a.1 < 1.b < 1 = 1.0 = 1.0.0 = 01 < 1.0.1	letters before numbers, and zeros at the end do not count
        1.0.a = 1.a < 1.0.1.a < 1.0.1	nor do those before a letter
        1.0.a.0 = 1.a = 1.a.0.0
        1.a10 = 1.a.10	a turn parts as a dot does
        1.a9 < 1.a10
        1.A < 1.a	letters by their code
        1-1 = 1.pre.1 < 1	a hyphen is a pre-release
        1.9 < 1.10
        3.0.0.alpha.4.0 < 3.0.0.alpha.5.0.3 < 3.0.0.beta < 3.0.0.pre < 3.0.0.rc.1 < 3.0.0.rc.2 < 3.0.0
        1.10.10-java < 1.10.10
        3.4.0 < 3.4.0.2 < 3.4.1
        """);

    [Fact]
    public void Blanks_around_it_do_not_count() =>
        Assert.Equal(0, VersionTable.Read(Pieces.Order, " 1.0\n").CompareTo(VersionTable.Read(Pieces.Order, "1.0")));

    [Fact]
    public void Other_text_is_no_version() => VersionTable.Refuses(Pieces.Order, "", " ", "a", ".1", "1.", "1..2", "1a", "1-", "1-a..b", "1_1", "1+1", "v1", "1 2", "-1", "1.ü", ">= 1", "1.2-a_b");

    [Fact]
    public async Task Ruby_says_the_same()
    {
        Tool.SkipWithout("ruby");
        await VersionOracle.Agrees(Pieces, "Gem::Version", ["RubyGems"], (_, pairs) => Tool.Run("ruby", ["-e", """
            File.foreach(ARGV[0], chomp: true) do |line|
              a, b = line.split("\t")
              good = Gem::Version.correct?(a) && Gem::Version.correct?(b)
              puts good ? "=><"[Gem::Version.new(a) <=> Gem::Version.new(b)] : "?"
            end
            """, pairs]), refused: true);
    }
}
