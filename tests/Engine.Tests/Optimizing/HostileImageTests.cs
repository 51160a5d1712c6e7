using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Samples.RawTar;

namespace Plimsoll.Engine.Tests.Optimizing;

/// <summary>Images that are made to be misread, slow or large. Runs beside no other test, so that the bytes that are counted are its own.</summary>
[Collection("Measured")]
public sealed class HostileImageTests(ITestOutputHelper output)
{
    const long MostBytes = 512L << 20;

    static readonly byte[] Below = new TestLayer().Directory("d").File("d/f", 700).File("d/g", 5).Symlink("l", "d").File("x", 9).Tar();

    /// <summary>A layer above one with a directory, files and a link; null: it is read.</summary>
    static readonly Dictionary<string, (string? Refusal, Func<byte[]> Make)> Layers = new()
    {
        ["one path many times"] = (null, () => Tar(Many(20_000, i => Entry("d/f", $"{i}")))),
        ["files and directories in turn"] = (null, () => Tar(Many(2000, i => i % 2 == 0 ? Entry("d/t", "content") : Entry("d/t/", type: '5')))),
        ["hard links to nothing and to themselves"] = (null, () => Tar(Entry("a", type: '1', link: "none"), Entry("b", type: '1', link: "b"), Entry("c", type: '1'), Entry("e", type: '1', link: "../../x"), Entry("x", type: '1', link: "x"))),
        ["hard links in a circle"] = (null, () => Tar(Entry("a", type: '1', link: "b"), Entry("b", type: '1', link: "a"), Entry("a", type: '1', link: "b"))),
        ["hard links to directories and links"] = (null, () => Tar(Entry("a", type: '1', link: "d"), Entry("b", type: '1', link: "l"), Entry("c", type: '1', link: "l/f"), Entry("l", type: '1', link: "l/f"))),
        ["a long row of hard links"] = (null, () => Tar(Many(5000, i => Entry($"h{i}", type: '1', link: i == 0 ? "d/f" : $"h{i - 1}")))),
        ["whiteouts of everything"] = (null, () => Tar(Entry(".wh.d"), Entry(".wh.l"), Entry(".wh.x"), Entry(".wh..wh..opq"))),
        ["whiteouts of nothing that has a name"] = (null, () => Tar(Entry(".wh."), Entry(".wh.."), Entry(".wh..."), Entry(".wh..wh."), Entry(".wh..wh.plnk"), Entry("d/.wh."), Entry("d/.wh..wh.aufs", "x"))),
        ["whiteouts that are not files"] = (null, () => Tar(Entry(".wh.d/", type: '5'), Entry(".wh.d/in", "x"), Entry(".wh.x", type: '2', link: "d"), Entry(".wh.l", type: '1', link: "x"), Entry("d/.wh.f", type: '3'))),
        ["a whiteout with content, over a link"] = (null, () => Tar(Entry("l/.wh.f", new string('w', 3000)), Entry("l/.wh..wh..opq", "x"))),
        ["an opaque root"] = (null, () => Tar(Entry(".wh..wh..opq"), Entry("d/new", "n"))),
        ["whiteouts by the thousand"] = (null, () => Tar(Many(20_000, i => Entry($"d/.wh.{i}")))),
        ["directories over links and whiteouts in them"] = (null, () => Tar([.. Many(3000, i => Entry($"d/l{i}", type: '2', link: "..")), .. Many(3000, i => Entry($"d/l{i}/.wh.x"))])),
        ["a long name of each kind"] = (null, () => Tar(Entry("././@LongLink", new string('n', 3000) + "\0", 'L'), Entry("short", "n"), Pax($"path={Path(3900)}"), Entry("short", "p"), Entry("././@LongLink", Path(3000) + "\0", 'K'), Entry("s", type: '2'))),
        ["two extended headers"] = (null, () => Tar(Pax("path=one", "mtime=1.5"), Pax("path=two", "SCHILY.xattr.user.a=b"), Entry("three", "c"), Pax("size=3"), Entry("four", "abc"), Entry("././@LongLink", "five\0", 'L'), Pax("mtime=2"), Entry("six", "d"))),
        ["global headers"] = (null, () => Tar(Entry("g", "19 comment=nothing\n", 'g'), Pax("path=d/f"), Entry("g", "19 comment=nothing\n", 'g'), Entry("short", "p"))),
        ["an extended header for an entry that nobody unpacks"] = (null, () => Tar(Pax("path=gone"), Entry("volume", type: 'V'), Entry("named", "n"), Entry("other", "content", 'Z'), Entry("d/f", "new"))),
        ["a root, with an owner of its own"] = (null, () => Tar(Entry("./", type: '5'), Entry("/", type: '5', change: block => block[110] = (byte)'7'))),
        ["names in every form"] = (null, () => Tar(Entry("/d/f", "a"), Entry("./d//g", "b"), Entry("d/./../d/f", "c"), Entry("d/", type: '0'), Entry("caf\u00e9", "latin"), Entry("a\nb\u001b[31m", "c"))),
        ["sparse files"] = (null, () => Tar(Sparse("d/f", goesOn: false), Sparse("d/f", goesOn: true), Pax("GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.name=d/g", "GNU.sparse.realsize=9000"), Entry("GNUSparseFile.0/g", "1\n0\n3\n"))),
        ["devices with large numbers"] = (null, () => Tar(Entry("d/f", type: '3', change: block => Encoding.ASCII.GetBytes("7777777\07777777").CopyTo(block, 329)), Entry("d/f", type: '4'))),
        ["huge owners and times"] = (null, () => Tar(Entry("a", "x", change: block => { block[108] = 0x80; block.AsSpan(136, 12).Fill(0xff); }), Pax("uid=9223372036854775807", "mtime=-1e300"), Entry("b", "y"))),
        ["links around one another"] = (null, () => Tar(Entry("p", type: '2', link: "q"), Entry("q", type: '2', link: "p"), Entry("p/f", "1"), Entry("q/f", "2"), Entry("r", type: '2', link: "r"), Entry("r/f", "3"))),
        ["a chain of links"] = (null, () => Tar([.. Many(60, i => Entry($"c{i}", type: '2', link: i == 0 ? "d" : $"c{i - 1}")), .. Many(60, i => Entry($"c{i}/n", "n"))])),
        ["a link that goes up and down for long"] = (null, () => Tar([Entry("././@LongLink", string.Concat(Enumerable.Repeat("d/../", 800)) + "d\0", 'K'), Entry("m", type: '2'), .. Many(3000, i => Entry($"m/{i}/f", "n"))])),
        ["a deep path"] = (null, () => Tar([Entry("././@LongLink", Deep(500) + "\0", 'L'), Entry("s", "deep"), .. Many(50, i => (byte[])[.. Entry("././@LongLink", $"{Deep(500)}/{i}/f\0", 'L'), .. Entry("s", "n")])])),
        ["nothing at all"] = (null, () => []),
        ["nothing but an end"] = (null, () => End),
        ["bytes behind the end"] = (null, () => [.. Entry("d/f", "a"), .. End, .. Encoding.ASCII.GetBytes("behind it")]),
        ["no end"] = (null, () => [.. Entry("d/f", "a"), .. Entry("d/f", "b")]),
        ["a path that leaves the root"] = ("outside the root", () => Tar(Entry("d/../../x", "a"))),
        ["a name that is too long"] = ("4096", () => Tar(Pax($"path={Path(5000)}"), Entry("short", "a"))),
        ["a path that is too deep"] = ("directories deep", () => Tar(Pax($"path={Deep(600)}"), Entry("short", "a"))),
        ["a size that cannot be"] = ("impossible size", () => Tar(Pax("size=9223372036854775807"), Entry("short", "a"))),
        ["an extended header of nothing"] = ("middle of an entry", () => [.. Pax("path=a")]),
        ["an end in the middle"] = ("middle of an entry", () => Entry("d/f", new string('c', 3000))[..2000]),
        ["one block of zeros and more"] = ("not a tar archive", () => [.. new byte[512], .. Entry("d/f", "a")]),
    };

    public static TheoryData<string> LayerNames => [.. Layers.Keys];

    [Theory]
    [MemberData(nameof(LayerNames))]
    public async Task A_layer_that_is_made_to_be_misread_is_refused_with_a_reason_or_stays_what_it_is(string what)
    {
        var (refusal, layer) = (Layers[what].Refusal, Layers[what].Make());
        byte[][][] stacks = [[Below, layer], [Below, layer, Below], [layer, layer], [Below, layer, new TestLayer().Delete("d").Opaque("").File("last", 1).Tar()]];
        foreach (var (number, stack) in stacks.Index())
            await Holds($"{what} ({number})", refusal, TestImage.Tar(new TestImage(stack) { Packed = (Packing)(number % 3) }.BuildKit()), number % 2);
    }

    [Fact]
    public async Task A_hundred_thousand_tiny_files_that_go_again_take_no_more_than_their_entries()
    {
        byte[] many = Tar(Many(100_000, i => Entry($"many/{i % 100}/{i}", "t")));
        foreach (var above in new[] { new TestLayer().Opaque("many"), new TestLayer().Delete("many"), new TestLayer().File("many", 1) })
            await Holds("many files", null, TestImage.Tar(new TestImage(Below, many, above.Tar()).BuildKit()), 1);
        await Holds("many whiteouts", null, TestImage.Tar(new TestImage(many, Tar(Many(100_000, i => Entry($"many/{i % 100}/.wh.{i}")))).BuildKit()), 1);
    }

    [Fact]
    public async Task As_many_layers_as_may_be_that_hide_one_another_are_one_in_the_end()
    {
        byte[][] layers = [.. Enumerable.Range(0, 1000).Select(i => Tar(Entry("d/f", $"{i}"), Entry($"d/.wh.{i - 1}"), Entry($"d/{i}", "n")))];
        await Holds("many layers", null, TestImage.Tar(new TestImage(layers).BuildKit()), 0);
    }

    /// <summary>A config of two layers whose digests stand for A and B.</summary>
    static readonly Dictionary<string, (string? Refusal, Func<string> Make)> Configs = new()
    {
        ["no rootfs"] = ("no rootfs.diff_ids", () => """{"os":"linux"}"""),
        ["no diff ids"] = ("no rootfs.diff_ids", () => """{"rootfs":{"type":"layers"}}"""),
        ["a diff id too few"] = ("diff ids", () => """{"rootfs":{"diff_ids":["A"]}}"""),
        ["a diff id too many"] = ("diff ids", () => """{"rootfs":{"diff_ids":["A","B","B"]}}"""),
        ["another diff id"] = ("diff id", () => """{"rootfs":{"diff_ids":["B","A"]}}"""),
        ["diff ids that are none"] = ("no digest", () => """{"rootfs":{"diff_ids":["A","sha256:1"]}}"""),
        ["no history"] = (null, () => """{"rootfs":{"diff_ids":["A","B"]}}"""),
        ["a step too few"] = (null, () => """{"rootfs":{"diff_ids":["A","B"]},"history":[{}]}"""),
        ["steps too many"] = (null, () => """{"rootfs":{"diff_ids":["A","B"]},"history":[{},{},{},{"empty_layer":true}]}"""),
        ["steps that are null"] = (null, () => """{"rootfs":{"diff_ids":["A","B"]},"history":[null,{},null,{"empty_layer":false}]}"""),
        ["the same names again"] = (null, () => """{"rootfs":{"diff_ids":[]},"history":[{}],"a":1,"a":[2],"history":[{"empty_layer":true,"empty_layer":false},{}],"rootfs":{"diff_ids":["B"],"diff_ids":["A","B"]}}"""),
        ["names in other letters"] = (null, () => """{"RootFS":{"DIFF_IDS":["A","B"]},"History":[{"Empty_Layer":false},{}]}"""),
        ["names with escapes"] = (null, () => """{"rootf\u0073":{"diff\u005fids":["A","B"]},"histor\u0079":[{},{"empty\u005flayer":false}],"\ud83d\ude00":1}"""),
        ["half a letter as a name"] = ("not valid JSON", () => """{"rootfs":{"diff_ids":["A","B"]},"\ud800":1}"""),
        ["half a letter below a name"] = (null, () => """{"rootfs":{"diff_ids":["A","B"]},"z":{"\ud800":"\udfff"}}"""),
        ["bytes that are no text as a name"] = ("not valid UTF-8", () => "{\"rootfs\":{\"diff_ids\":[\"A\",\"B\"]},\"\u00ff\":1}"),
        ["bytes that are no text below a name"] = ("not valid UTF-8", () => "{\"rootfs\":{\"diff_ids\":[\"A\",\"B\"]},\"z\":{\"\u00fe\":\"\u00ff\"}}"),
        ["a mark of the order of bytes"] = ("not valid JSON", () => "\u00ef\u00bb\u00bf{\"rootfs\":{\"diff_ids\":[\"A\",\"B\"]}}"),
        ["depth"] = ("not valid JSON", () => $$"""{"rootfs":{"diff_ids":["A","B"]},"z":{{new string('[', 70)}}{{new string(']', 70)}}}"""),
        ["depth that some take"] = (null, () => $$"""{"rootfs":{"diff_ids":["A","B"]},"z":{{new string('[', 30)}}{{new string(']', 30)}}}"""),
        ["a comment"] = ("not valid JSON", () => """{"rootfs":{"diff_ids":["A","B"]}/* why */}"""),
        ["a great many names"] = (null, () => $$"""{"rootfs":{"diff_ids":["A","B"]},"z":0{{string.Concat(Enumerable.Range(0, 300_000).Select(i => $",\"{i}\":0"))}}}"""),
        ["a great many names in rootfs"] = (null, () => $$"""{"rootfs":{"diff_ids":["A","B"]{{string.Concat(Enumerable.Range(0, 300_000).Select(i => $",\"{i}\":0"))}} } }"""),
        ["a great many steps"] = (null, () => $$"""{"rootfs":{"diff_ids":["A","B"]},"history":[{}{{string.Concat(Enumerable.Repeat(",{}", 300_000))}}]}"""),
        ["a long text"] = (null, () => $$"""{"rootfs":{"diff_ids":["A","B"]},"z":"{{new string('z', 4_000_000)}}"}"""),
        ["too much"] = ("4194304", () => $$"""{"rootfs":{"diff_ids":["A","B"]},"z":"{{new string('z', 5_000_000)}}"}"""),
    };

    public static TheoryData<string> ConfigNames => [.. Configs.Keys];

    [Theory]
    [MemberData(nameof(ConfigNames))]
    public async Task A_config_that_is_made_to_be_misread_is_refused_with_a_reason_or_stays_what_it_is(string what)
    {
        var (refusal, config) = (Configs[what].Refusal, Configs[what].Make());
        // The second layer goes.
        byte[] lower = Tar(Entry("a", "kept")), upper = Tar(Entry(".wh.b"));
        var text = config.Replace("\"A\"", $"\"{Digest.Of(lower)}\"", StringComparison.Ordinal).Replace("\"B\"", $"\"{Digest.Of(upper)}\"", StringComparison.Ordinal);
        await Holds(what, refusal, Classic(Encoding.Latin1.GetBytes(text), lower, upper), 0);
    }

    static byte[] Classic(byte[] config, params byte[][] layers)
    {
        var files = layers.Select((layer, number) => ($"{number}/layer.tar", layer)).Append(("config.json", config)).ToDictionary();
        files["manifest.json"] = Encoding.UTF8.GetBytes(new JsonArray(new JsonObject
        {
            ["Config"] = "config.json", ["Layers"] = new JsonArray([.. layers.Select((_, number) => (JsonNode)$"{number}/layer.tar")]),
        }).ToJsonString());
        return TestImage.Tar(files);
    }

    async Task Holds(string what, string? refusal, byte[] archive, int kept)
    {
        using var trial = new Trial();
        var reason = await trial.Of(archive, "out.oci", request => request with { KeptLayers = kept });
        var (bytes, time) = trial.Cost;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {reason ?? "written"}, {bytes >> 10:N0} KiB in {time.TotalMilliseconds:N0} ms"));
        if (refusal is null)
            Assert.True(reason is null, $"{what}: {reason}");
        else
            Assert.Contains(refusal, reason, StringComparison.Ordinal);
        Assert.InRange(bytes, 0, MostBytes);
        Assert.InRange(time.TotalSeconds, 0, 60);
    }

    static byte[] Tar(params IEnumerable<byte[]> entries) => [.. entries.SelectMany(entry => entry), .. End];

    static IEnumerable<byte[]> Many(int count, Func<int, byte[]> one) => Enumerable.Range(0, count).Select(one);

    static string Path(int length) => string.Join('/', Enumerable.Repeat(new string('p', 99), length / 100));

    static string Deep(int directories) => string.Join('/', Enumerable.Repeat("d", directories));

    // Old GNU: a map of four pieces in the header, and perhaps a block of more (GNU tar manual, "Old GNU Format").
    static byte[] Sparse(string name, bool goesOn) =>
    [
        .. Header(name, "00000000003", 'S', "ustar  \0", change: block =>
        {
            Encoding.ASCII.GetBytes("00000000000\000000000003\0").CopyTo(block, 386);
            block[482] = (byte)(goesOn ? 1 : 0);
        }),
        .. goesOn ? new byte[512] : [],
        .. Padded("abc"u8.ToArray()),
    ];
}
