using Plimsoll.Engine.Advisories.Versions;

namespace Plimsoll.Engine.Tests.Advisories.Versions;

/// <summary>apk is in no other distribution, so what it says is written down here: the rules of apk-package(5), case by case.</summary>
public sealed class ApkVersionTests
{
    internal static readonly VersionPieces Pieces = new(new ApkVersionOrder(),
        ["0", "1", "2", "1.0", "01", "10", "1.01", "1.10"],
        [".0", ".1", ".2", ".9", ".10", ".00", ".01", ".010", "a", "b", "z", "_alpha", "_beta1", "_pre2", "_rc", "_rc1", "_cvs", "_svn2", "_git20240101", "_hg", "_p", "_p1", "_p01", "~ab12", "~0f", "-r0", "-r1", "-r10"]);

    [Fact]
    public void Versions_stand_in_this_order() => VersionTable.Holds(Pieces.Order, """
        1.0_alpha < 1.0_alpha1 < 1.0_alpha2 < 1.0_alpha10 < 1.0_beta < 1.0_pre < 1.0_rc < 1.0_rc1 < 1.0 < 1.0_cvs < 1.0_svn < 1.0_git < 1.0_hg < 1.0_p < 1.0_p1	each suffix
        1.0 < 1.0-r0 < 1.0-r1 < 1.0-r9 < 1.0-r10 < 1.0_p1 < 1.0_p1-r0 < 1.0a < 1.0.0 < 1.0.1	what comes earlier in the form is newer
        1.0_rc1-r5 < 1.0-r0 < 1.0_p1-r0	a suffix decides before the revision
        1.0-r1 = 1.0-r01	a revision counts
        1.0 < 1.0a < 1.0b < 1.0b_p1 < 1.0z	letters
        1.9 < 1.10 < 1.100	numbers count
        1.00 < 1.01 < 1.010 < 1.09 < 1.1 < 1.9	a number that begins with 0 is text
        1.0 < 1.00 < 1.001 < 1.01
        1 = 01 < 2 < 10 < 010.1	the first number counts with zeros, too
        1.0_p1 = 1.0_p01 < 1.0_p2 < 1.0_p10	so does that of a suffix
        1.0_alpha_beta < 1.0_alpha < 1.0_alpha-r1 < 1.0_alpha1 < 1.0_alpha_p	suffixes behind suffixes
        1.0_p < 1.0_p0 < 1.0_p1 < 1.0_p_git < 1.0_p_p
        1.0 < 1.0-r1 < 1.0~0f < 1.0~0f-r1 < 1.0~0f0 < 1.0~1 < 1.0~ab < 1.0_git	a commit behind the suffixes
        3.1.4-r5 < 3.1.4-r6 < 3.1.5-r0 < 3.2.0_beta1-r0 < 3.2.0-r0
        1.1.1t-r2 < 1.1.1u-r0 < 1.1.1w-r0
        0.1.0_alpha < 0.1.3_alpha < 2.2.39-r1
        20240101 < 20240101.1 < 20240203
        18446744073709551615 < 18446744073709551616 < 184467440737095516160	more than 64 bits
        """);

    [Fact]
    public void Other_text_is_no_version() => VersionTable.Refuses(Pieces.Order,
        "", "a", ".1", "1.", "1..2", "1.a", "1ab", "1a1", "1a.1", "1A", "1_", "1_foo", "1_ALPHA", "1_alphabeta", "1-", "1-1", "1-r", "1-rc1", "1-r1-r2", "1-r1_p1", "1-r1.2",
        "1~", "1~g", "1~AB", "1~a~b", "1~a_p1", "1 ", " 1", "v1", "1+1", "1:1", "1_p1.2", "-r1");
}
