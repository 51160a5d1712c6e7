using Plimsoll.Engine.Advisories.Versions;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Advisories.Versions;

public sealed class ComposerVersionTests
{
    internal static readonly VersionPieces Pieces = new(new ComposerVersionOrder(),
        ["0", "1", "v1", "1.0", "1.2.3", "1.2.3.4", "01", "12345", "123456", "20100102", "2010-01-02", "2010.01.02.10", "201001021"],
        [".0", ".1", ".10", ".00", "0", "1", "-", ".", "_", "-alpha", "a1", "-beta.2", "b", "RC1", "-rc-2", "-patch1", "p2", "pl3", "-dev", "dev", ".x-dev", "stable", "-stable", "+build", ".x", ".*", "-beta1.2", "-1", "-01", ":02"], Most: 6);

    [Fact]
    public void Versions_stand_in_this_order() => VersionTable.Holds(Pieces.Order, """
        1.0-dev < 1.0-alpha-dev < 1.0-alpha < 1.0-alpha1 < 1.0-alpha2 < 1.0-alpha10 < 1.0-beta < 1.0-RC1 < 1.0 < 1.0-patch1 < 1.0-patch2 < 1.0.1	stabilities
        1 = 1.0 = 1.0.0 = 1.0.0.0 = v1 = V1.0 = 1.0-stable = 1.0+build.5	four numbers
        1.0a1 = 1.0-alpha1 = 1.0.ALPHA.1 = 1.0_alpha-1	spellings
        1.0b2 = 1.0-beta2
        1.0p1 = 1.0pl1 = 1.0-patch1
        1.0-beta1 < 1.0-beta1.1 < 1.0-beta1.2
        1.9999 < 1.x-dev < 2.0-dev < 2.0	a branch stands behind all that it may become
        1.2.x-dev < 1.x-dev < 2.x-dev
        v3.4.0rc1 < v3.6.1.3 < v3.14.0RC3 < v3.14.0
        2010-01-02 < 2010.01.02 = 2010.1.2.0 < 2010-01-03 < 20100102 < 20100103	dates
        """);

    [Fact]
    public void Other_text_is_no_version() => VersionTable.Refuses(Pieces.Order,
        "", " ", "a", "dev-main", "dev-master", "master", "main-dev", "1.0.x", "1.2.3.4.5", "1.0-foo", "1.0 - 2.0", "^1.0", "1.0 as 2.0", "1.0@dev", "1..2", "1.0+", "1.0-beta-", "x.y-dev", "1.0-beta1-foo", "12345678901234567890123456789", "1.ü");

    [Fact]
    public async Task Composer_says_the_same()
    {
        Tool.SkipWithout("php", "/usr/share/php/Composer/Semver/autoload.php");
        await VersionOracle.Agrees(Pieces, "composer/semver", ["Packagist"], (_, pairs) => Tool.Run("php", ["-r", """
            require '/usr/share/php/Composer/Semver/autoload.php';
            $parser = new Composer\Semver\VersionParser();
            foreach (file($argv[1], FILE_IGNORE_NEW_LINES) as $line) {
                try {
                    [$a, $b] = array_map(fn ($version) => $parser->normalize($version), explode("\t", $line));
                    $compare = fn ($operator) => Composer\Semver\Comparator::compare($a, $operator, $b);
                    echo $compare('<') ? '<' : ($compare('==') ? '=' : ($compare('>') ? '>' : '?')), "\n";
                } catch (UnexpectedValueException) {
                    echo "?\n";
                }
            }
            """, "--", pairs]), refused: true);
    }
}
