using Plimsoll.Engine.Advisories.Versions;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Advisories.Versions;

public sealed class GoVersionTests
{
    internal static readonly VersionPieces Pieces = new(new GoVersionOrder(),
        ["v0.0.0", "v1.0.0", "1.2.3", "v1.2", "v1", "v1.2.3-", "v1.2.3-0.", "v0.0.0-2021", "1.2.10", "v1.2.3-pre.0."],
        ["0", "1", "9", "10", "00", "01", ".", ".0", ".1", "-", "-0", "-rc.1", "-alpha", "0101000000", "-abcdef123456", "20200101", "+incompatible", "+b.2", "a", "A", "--"]);

    [Fact]
    public void Versions_stand_in_this_order() => VersionTable.Holds(Pieces.Order, """
        v0.0.0-20200101000000-abcdef123456 < v0.0.0-20210101000000-0123456789ab < v0.0.0 < v0.0.1	pseudo-versions without a tag before them
        v1.2.3 < v1.2.4-0.20200101000000-abcdef123456 < v1.2.4-rc.1 < v1.2.4-rc.1.0.20200101000000-abcdef123456 < v1.2.4	behind a tag
        v2.1.0 = 2.1.0 = v2.1.0+incompatible = 2.1.0+incompatible
        v1 = 1 = v1.0 = 1.0.0 = go1 = go1.0
        1.20.9 < 1.21.0-0 < go1.21beta1 < go1.21rc2 = 1.21rc2 = 1.21.0-rc.2 < go1.21rc10 < go1.21 = go1.21.0 = 1.21 < go1.21.1 < go1.21.10	the toolchain as records on stdlib count
        go1.21.3 = go1.21.3-custom < go1.21.4 = go1.21.4-fips-20231101	what a vendor adds
        """);

    [Fact]
    public void What_follows_a_blank_does_not_count() =>
        Assert.Equal(0, VersionTable.Read(Pieces.Order, "go1.21.3 X:boringcrypto,arenas").CompareTo(VersionTable.Read(Pieces.Order, "1.21.3")));

    [Fact]
    public void Other_text_is_no_version() => VersionTable.Refuses(Pieces.Order,
        "", "(devel)", "devel", "devel go1.22-abcdef Mon", "v", "go", "vgo1.21", "v1.2.3.4", "v01.2.3", "v1.2-rc1", "v1.2.3-01", "v1.2+incompatible", "1.21rc", "1.21rc2.1", "go1.21.3.4", "go1.21x", "latest", "master", "V1.2.3");

    [Fact]
    public async Task Go_says_the_same()
    {
        Tool.SkipWithout("go", "/usr/share/gocode/src/golang.org/x/mod/semver/semver.go");
        var go = new Dictionary<string, string>
        {
            ["GO111MODULE"] = "off",
            ["GOFLAGS"] = "",
            ["GOTOOLCHAIN"] = "local",
            ["GOPATH"] = "/usr/share/gocode",
            ["GOCACHE"] = Repository.At(".cache/go"),
        };
        await VersionOracle.Agrees(Pieces, "golang.org/x/mod/semver", ["Go"], (folder, pairs) => Tool.Run("go", ["run", folder.Write("main.go", """
            package main

            import (
            	"bufio"
            	"fmt"
            	"os"
            	"strings"

            	"golang.org/x/mod/semver"
            )

            func main() {
            	file, err := os.Open(os.Args[1])
            	if err != nil {
            		panic(err)
            	}
            	for lines := bufio.NewScanner(file); lines.Scan(); {
            		pair := strings.Split(lines.Text(), "\t")
            		a, b := "v"+strings.TrimPrefix(pair[0], "v"), "v"+strings.TrimPrefix(pair[1], "v")
            		if semver.IsValid(a) && semver.IsValid(b) {
            			fmt.Println("<=>"[semver.Compare(a, b)+1 : semver.Compare(a, b)+2])
            		} else {
            			fmt.Println("?")
            		}
            	}
            }
            """), pairs], go), refused: true);
    }
}
