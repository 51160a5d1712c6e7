using Plimsoll.Engine.Advisories.Versions;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Advisories.Versions;

public sealed class PythonVersionTests
{
    internal static readonly VersionPieces Pieces = new(new PythonVersionOrder(),
        ["0", "1", "2", "1.0", "1.2.3", "v1", "1!1", "0!1.0", "01.0", "1.", "2024.01"],
        [".0", ".1", ".10", ".00", "0", "1", "a", "a1", "b2", "rc1", "c1", "alpha", "beta.1", "-preview-2", "pre", "_rc", ".post1", ".post", "-1", "-r4", "rev2", "post01", ".dev1", "dev", ".DEV2", "+local", "+1", "+1.a", "+Ab-2", "-", ".", "_", "x"], Most: 6);

    [Fact]
    public void Versions_stand_in_this_order() => VersionTable.Holds(Pieces.Order, """
        1.0.dev1 < 1.0.dev2 < 1.0a1.dev1 < 1.0a1 < 1.0a1.post1.dev1 < 1.0a1.post1 < 1.0a2 < 1.0b1 < 1.0rc1.dev1 < 1.0rc1 < 1.0 < 1.0+a < 1.0.post1.dev1 < 1.0.post1 < 1.1.dev1	all that may follow
        1 = 1.0 = 1.0.0 = 01.00 = v1 = V1.0 = 0!1	zeros at the end, and the first epoch
        1.9 < 1.10 < 2024.1 < 1!0.1 < 2!0	the epoch first
        1.0a1 = 1.0.a1 = 1.0-a-1 = 1.0_ALPHA_1 = 1.0alpha01	spellings
        1.0rc1 = 1.0c1 = 1.0pre1 = 1.0-preview.1
        1.0a = 1.0a0 < 1.0a1	no number is 0
        1.0.post1 = 1.0-1 = 1.0post1 = 1.0.rev1 = 1.0-r1 < 1.0-2
        1.0.post = 1.0.post0 = 1.0-0
        1.0.dev = 1.0dev0 = 1.0-DEV_0
        1.0 < 1.0+abc < 1.0+abc.1 < 1.0+abd < 1.0+1 < 1.0+1.a < 1.0+1.1 < 1.0+2 < 1.0+10	a local version: words before numbers
        1.0+ubuntu-1 = 1.0+UBUNTU.1 = 1.0+ubuntu_01
        2.6.0 < 2.6.0+cu118 < 2.6.0+cu124 < 2.6.1
        """);

    [Fact]
    public void Blanks_around_it_do_not_count() =>
        Assert.Equal(0, VersionTable.Read(Pieces.Order, " 1.0\n").CompareTo(VersionTable.Read(Pieces.Order, "1.0")));

    [Fact]
    public void Other_text_is_no_version() => VersionTable.Refuses(Pieces.Order,
        "", " ", "a", "1.", ".1", "1..0", "1.0-", "1.0x", "1.0+", "1.0+a..b", "1.0+-a", "1.0+a+b", "1.0+ü", "1!", "!1", "1!2!3", "1.0a1b1", "1.0.post1.post2", "1.0.dev1.post1", "1.0dev1a1", "2013b-dev-x", "1.0 1", "1.0-a1-b", "1.0.*", "١.0");

    [Fact]
    public async Task Packaging_says_the_same()
    {
        Tool.SkipWithout("python3", "/usr/lib/python3/dist-packages/packaging/version.py");
        await VersionOracle.Agrees(Pieces, "python3-packaging", ["PyPI"], (_, pairs) => Tool.Run("python3", ["-c", """
            import sys
            sys.path.append('/usr/lib/python3/dist-packages')
            from packaging.version import InvalidVersion, Version
            for line in open(sys.argv[1]):
                try:
                    a, b = map(Version, line.rstrip('\n').split('\t'))
                    print('<' if a < b else '=' if a == b else '>')
                except InvalidVersion:
                    print('?')
            """, pairs]), refused: true);
    }
}
