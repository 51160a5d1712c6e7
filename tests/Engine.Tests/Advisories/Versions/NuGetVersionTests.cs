using Plimsoll.Engine.Advisories.Versions;

namespace Plimsoll.Engine.Tests.Advisories.Versions;

/// <summary>The order is the client's own library; what is tested is that it is asked for the right thing.</summary>
public sealed class NuGetVersionTests
{
    internal static readonly VersionPieces Pieces = new(new NuGetVersionOrder(),
        ["0", "1", "1.0", "1.2.3", "1.2.3.4", "v1.0.0", "01.0", "1.2.3-", "2147483647.0"],
        [".0", ".1", ".10", "-a", "-A", "-alpha.1", "-alpha.10", "-rc", "-0", "-01", "+build", "1", "0", ".", "-", "--", "2147483648"], Most: 5);

    [Fact]
    public void Versions_stand_in_this_order() => VersionTable.Holds(Pieces.Order, """
        1.0.0-alpha < 1.0.0-alpha.1 < 1.0.0-alpha.2 < 1.0.0-alpha.10 < 1.0.0-beta < 1.0.0 < 1.0.0.1 < 1.0.1
        1 = 1.0 = 1.0.0 = 1.0.0.0 = 01.00 = 1.0.0+build	up to four numbers
        1.0.0-RC1 = 1.0.0-rc1 < 1.0.0-rc2	letters of any case
        1.8.3.1 < 1.8.6.1
        """);

    [Fact]
    public void Other_text_is_no_version() => VersionTable.Refuses(Pieces.Order, "", " ", "a", "1.2.3.4.5", "1.0-", "1.0+", "1..2", "2147483648.0", "1.0.0-a..b", "1.0.0-a_b", "[1.0,2.0)", "1.*", "-1");
}
