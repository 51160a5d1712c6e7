using Plimsoll.Engine.Advisories.Versions;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Advisories.Versions;

public sealed class RpmVersionTests
{
    internal static readonly VersionPieces Pieces = new(new RpmVersionOrder(),
        ["0", "1", "2", "1.", "1.0", "0:1", "1:0", "1:1", "01:1", "a", "10"],
        ["0", "1", "2", "9", "10", "00", "01", ".", "..", "_", "~", "~~", "^", "^^", "+", "-", "-0", "-1", "a", "b", "z", "A", "rc1", "~rc1", "^git1", ".el9", ".el9_4", ".module_el8"]);

    [Fact]
    public void Versions_stand_in_this_order() => VersionTable.Holds(Pieces.Order, """
        1.0~~ < 1.0~ < 1.0~rc1 < 1.0~rc1^ < 1.0 < 1.0^ < 1.0^git1~ < 1.0^git1 < 1.0^git1^ < 1.0a < 1.0.1	before it, and after it
        1.0 = 1_0 = 1..0 = 1.00 = 01.0 = 1+0	what parts numbers does not count
        1.0.a < 1.0.0	letters before numbers
        1.0 < 1.0.a	and nothing before letters
        9 < 1:0 < 2:0	the epoch first
        1 = 0:1 = 00:1
        1.0 < 1.0-0 < 1.0-1 < 1.0-1.el9 < 1.0-1.el9_4 < 1.0-1.el9_10 < 1.0-2 < 1.0-10	no release is less than any
        1.0A < 1.0Z < 1.0a	letters by their code
        2:8.0.1763-19.el8_6.4 < 2:8.0.1763-21.el8_10
        1.0-1.module_el8.3.0+6149+d2c5d96d < 1.0-1.module_el8.10.0+3854+02eaa59a
        5.14.0-427.13.1.el9_4 < 5.14.0-427.26.1.el9_4 < 5.14.0-503.11.1.el9_5
        20210518.3-1 < 20210518.10-1
        """);

    [Fact]
    public void Other_text_is_no_version() => VersionTable.Refuses(Pieces.Order,
        "", " ", "...", ":1", "a:1", "1:", "-1", "1.0 1", "(none):1.0-1", "(none)", "1.0-1:2", "1.0/1", "%{version}", "1.0ü", "-");

    [Fact]
    public async Task Rpm_says_the_same()
    {
        Tool.SkipWithout("rpm");
        await VersionOracle.Agrees(Pieces, "rpm", ["AlmaLinux", "Rocky Linux", "Red Hat", "SUSE", "openSUSE"], (_, pairs) => Tool.Run("rpm", ["--define", $"pairs {pairs}", "--eval", """
            %{lua:
            for line in io.lines(rpm.expand("%{pairs}")) do
              local a, b = line:match("^(.-)\t(.*)$")
              local order = rpm.vercmp(a, b)
              print((order < 0 and "<" or order > 0 and ">" or "=") .. "\n")
            end}
            """]));
    }
}
