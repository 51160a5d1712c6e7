using System.Text;
using Plimsoll.Engine.Advisories.Versions;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Advisories.Versions;

public sealed class DpkgVersionTests
{
    internal static readonly VersionPieces Pieces = new(new DpkgVersionOrder(),
        ["0", "1", "2", "1.", "1.0", "0:1", "1:0", "1:1", "2:0.", "01:1", "9", "10"],
        ["0", "1", "2", "9", "10", "00", "01", ".", "~", "~~", "+", "-", "-0", "-1", "a", "b", "z", "A", "rc1", "~rc1", "~bpo12+1", "+b1", "+dfsg", "ubuntu0.1", ":1", "+deb12u1"]);

    [Fact]
    public void Versions_stand_in_this_order() => VersionTable.Holds(Pieces.Order, """
        1.0~~ < 1.0~~a < 1.0~ < 1.0 < 1.0a < 1.0+ < 1.0.1	a tilde is less than nothing, letters less than other characters
        1.0 = 1.0-0 = 0:1.0 = 1.00 = 01.0	no epoch, no revision, and zeros in front
        9.9 < 1:0.1 < 2:0	the epoch first
        1.2.9 < 1.2.10 < 1.10	numbers count
        1.0-1 < 1.0-1+b1 < 1.0-1+deb12u1 < 1.0-1.1 < 1.0-2	what is between two uploads
        1.0-1~bpo12+1 < 1.0-1~deb12u1 < 1.0-1	backports
        1.0-2 < 1.0-10	a revision counts too
        1.0-1 < 1.0-1-1	the last hyphen parts the revision
        2.31-0ubuntu9 < 2.31-0ubuntu9.2 < 2.31-0ubuntu9.18 < 2.31-1
        1:4.1.45-1 < 1:4.1.45-1ubuntu0.1~esm1 < 1:4.1.45-1ubuntu0.1
        1.0 < 1.0A < 1.0Z < 1.0a < 1.0z	letters by their code
        1.0. = 1.0.0-0 < 1.0.0a	nothing where a number may be is 0
        """);

    [Fact]
    public void Other_text_is_no_version() => VersionTable.Refuses(Pieces.Order,
        "", " ", "a1", "1 2", "-1", "1-", ":1", "1:", "a:1", "-1:1", "1.0-ü", "1.0_1", "1.0/2", "99999999999:1", "<none>", "1.0-1:2", "١.0");

    [Fact]
    public async Task What_is_a_version_is_one_to_dpkg()
    {
        Tool.SkipWithout("dpkg");
        string[] texts = ["1", "1.0-1", "0:1", "1:", ":1", "a1", "1 2", "1-", "-1", "1:2:3", "1:2-3:4", "2147483647:1", "2147483648:1", "1.0_1", "1~", "1.0-1-2", "1.0-~", "1+", "1.0-+"];
        using var folder = new TemporaryFolder();
        var answers = await Tool.Run("sh", ["-c", $"while IFS= read -r version; do dpkg --validate-version -- \"$version\" 2>&- && echo yes || echo no; done < {folder.Write("texts", string.Join('\n', texts) + "\n")}"]);

        Assert.Equal(texts.Zip(answers.Split('\n', StringSplitOptions.RemoveEmptyEntries)), texts.Select(text => (text, Pieces.Order.Parse(text) is null ? "no" : "yes")));
    }

    [Fact]
    public async Task Dpkg_says_the_same()
    {
        Tool.SkipWithout("dpkg");
        await VersionOracle.Agrees(Pieces, "dpkg", ["Debian", "Ubuntu"], Ask);
    }

    // One dpkg for all pairs: a package with the first version of each, and two that depend on it being older than the second, or the same.
    // What could be configured has its answer in the affirmative.
    static async Task<string> Ask(TemporaryFolder folder, string pairs)
    {
        var status = new StringBuilder();
        var count = 0;
        foreach (var pair in File.ReadLines(pairs).Select(line => line.Split('\t')))
        {
            status.Append($"Package: p{count}\nStatus: install ok installed\nArchitecture: all\nVersion: {pair[0]}\n\n");
            status.Append($"Package: lt{count}\nStatus: install ok unpacked\nArchitecture: all\nVersion: 1\nDepends: p{count} (<< {pair[1]})\n\n");
            status.Append($"Package: eq{count}\nStatus: install ok unpacked\nArchitecture: all\nVersion: 1\nDepends: p{count} (= {pair[1]})\n\n");
            count++;
        }
        folder.Write("dpkg/status", status.ToString());
        foreach (var name in new[] { "updates", "info", "triggers" })
            Directory.CreateDirectory(folder.At($"dpkg/{name}"));
        folder.Write("dpkg/available", "");
        // It ends with 1 where there was a package that could not be configured.
        var output = await Tool.Run("sh", ["-c", $"dpkg --admindir={folder.At("dpkg")} --simulate --abort-after=1000000 --configure -a 2>&- || [ $? = 1 ]"], new Dictionary<string, string> { ["LC_ALL"] = "C" });
        var configured = output.Split('\n').Where(line => line.StartsWith("Setting up ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]).ToHashSet();
        return string.Join('\n', Enumerable.Range(0, count).Select(i => configured.Contains($"lt{i}") ? "<" : configured.Contains($"eq{i}") ? "=" : ">"));
    }
}
