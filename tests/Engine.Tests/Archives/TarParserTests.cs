using System.Formats.Tar;
using System.Text;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Samples.RawTar;

namespace Plimsoll.Engine.Tests.Archives;

public sealed class TarParserTests
{
    static EntryTable Parse(byte[] tar, int cut = int.MaxValue, Limits? limits = null)
    {
        limits ??= Limits.Default;
        var table = new EntryTable();
        var parser = new TarParser(table, contents: null, limits, new Budget("files", limits.Entries));
        for (var at = 0; at < tar.Length; at += Math.Min(cut, tar.Length - at))
            parser.Feed(tar.AsSpan(at, Math.Min(cut, tar.Length - at)));
        parser.Complete();
        return table;
    }

    static string[] Rows(EntryTable table) => [.. Enumerable.Range(0, table.Count).Select(i => table[i])
        .Select(e => $"{e.Type} {e.Path} {e.Mode} {e.Uid}:{e.Gid} {e.Size} {e.ModifiedAt} {e.Content:x} {e.LinkTarget} @{e.Offset}")];

    static string Refusal(byte[] tar, Limits? limits = null) => Assert.Throws<UnreadableImageException>(() => Parse(tar, limits: limits)).Message;

    static byte[] Tar(params TarEntry[] entries)
    {
        var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, leaveOpen: true))
            foreach (var entry in entries)
                writer.WriteEntry(entry);
        return bytes.ToArray();
    }

    static byte[] Rich() => new TestLayer()
        .Directory("app").File("app/main.py", "print('hello')").File("app/empty", 0).File("app/big", 3000, (byte)'b', uid: 1000)
        .Symlink("app/link", "main.py").HardLink("app/hard", "app/main.py")
        .File(string.Join('/', Enumerable.Repeat("a-rather-long-directory-name", 12)) + "/file", "deep").Tar();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(1500)]
    public void The_rows_do_not_depend_on_how_the_bytes_are_cut(int cut) => Assert.Equal(Rows(Parse(Rich())), Rows(Parse(Rich(), cut)));

    [Fact]
    public void Every_truncation_is_an_error_or_ends_between_two_entries()
    {
        var tar = Rich();
        var whole = Rows(Parse(tar));
        for (var length = 0; length < tar.Length; length += 64)
        {
            try
            {
                Assert.Equal(whole.Take(Parse(tar[..length]).Count), Rows(Parse(tar[..length])));
            }
            catch (UnreadableImageException e)
            {
                Assert.Contains("ends in the middle of an entry", e.Message);
            }
        }
    }

    [Theory]
    [InlineData("v7")]
    [InlineData("oldgnu")]
    [InlineData("gnu")]
    [InlineData("ustar")]
    [InlineData("posix")]
    public async Task Reads_what_gnu_tar_writes(string format)
    {
        using var folder = new TemporaryFolder();
        folder.Write("root/plain.txt", "hello");
        folder.Write("root/dir/with/some/depth/file", new string('x', 70_000));
        if (format != "v7")
            folder.Write($"root/{new string('n', 90)}/{new string('m', 60)}", "long");
        File.CreateSymbolicLink(folder.At("root/link"), "plain.txt");
        await Tool.Run("ln", [folder.At("root/plain.txt"), folder.At("root/hard")]);
        await Tool.Run("tar", [$"--format={format}", "--sort=name", "-C", folder.At("root"), "-cf", folder.At("out.tar"), "."]);
        var listing = await Tool.Run("tar", ["-tf", folder.At("out.tar")]);

        var table = Parse(await File.ReadAllBytesAsync(folder.At("out.tar"), TestContext.Current.CancellationToken));
        var expected = listing.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[2..].TrimEnd('/')).Where(path => path.Length > 0);
        Assert.Equal(expected, Enumerable.Range(0, table.Count).Select(i => table[i].Path));
        Assert.Equal(70_000, Enumerable.Range(0, table.Count).Select(i => table[i]).Single(e => e.Path.EndsWith("depth/file", StringComparison.Ordinal)).Size);
        Assert.Single(Enumerable.Range(0, table.Count), i => table[i].Type == EntryType.HardLink);
    }

    [Theory]
    [InlineData("gnu")]
    [InlineData("posix")]
    public async Task A_sparse_file_counts_what_is_stored_of_it(string format)
    {
        using var folder = new TemporaryFolder();
        await Tool.Run("truncate", ["-s", "50M", folder.At("sparse")]);
        await using (var file = File.OpenWrite(folder.At("sparse")))
            for (var i = 0; i < 40; i++)
            {
                file.Position = i * 1_000_000;
                file.WriteByte(1);
            }
        await Tool.Run("tar", ["--sparse", $"--format={format}", "-C", folder.Root, "-cf", folder.At("out.tar"), "sparse"]);
        var table = Parse(await File.ReadAllBytesAsync(folder.At("out.tar"), TestContext.Current.CancellationToken));
        Assert.Equal("sparse", table[0].Path);
        Assert.InRange(table[0].Size, 40, 500_000);
        Assert.Equal(1, table.Count);
    }

    [Theory]
    [InlineData("./a/b", "a/b")]
    [InlineData("/a/b", "a/b")]
    [InlineData("a//b/", "a/b")]
    [InlineData("a/./b", "a/b")]
    [InlineData("a/x/../b", "a/b")]
    public void Paths_have_one_form(string written, string path) => Assert.Equal(path, Parse([.. Header(written, "0"), .. End])[0].Path);

    [Theory]
    [InlineData("../etc/passwd")]
    [InlineData("a/../../etc/passwd")]
    [InlineData("/..")]
    public void A_path_that_leaves_the_root_is_refused(string path) => Assert.Contains("outside the root", Refusal([.. Header(path, "0"), .. End]));

    [Fact]
    public void The_root_itself_is_no_entry() => Assert.Equal(0, Parse([.. Header("./", "0", '5'), .. End]).Count);

    [Fact]
    public void Names_that_are_not_utf8_stay_apart()
    {
        var table = Parse([.. Header("caf\u00e9", "0"), .. Header("caf\u00e8", "0"), .. End]);
        Assert.Equal((@"caf\xe9", @"caf\xe8"), (table[0].Path, table[1].Path));
    }

    [Fact]
    public void A_ustar_prefix_goes_before_the_name() => Assert.Equal("front/part/name", Parse([.. Header("name", "0", prefix: "front/part"), .. End])[0].Path);

    [Fact]
    public void Old_gnu_headers_have_no_prefix() => Assert.Equal("name", Parse([.. Header("name", "0", magic: "ustar  \0", prefix: "13371337"), .. End])[0].Path);

    [Fact]
    public void A_size_in_base_256_is_read()
    {
        var content = new byte[1000];
        var header = Header("f", "", change: block => { block[124] = 0x80; block[134] = 1000 >> 8; block[135] = 1000 & 0xff; });
        Assert.Equal(1000, Parse([.. header, .. Padded(content), .. End])[0].Size);
    }

    [Fact]
    public void A_link_with_a_size_has_no_content_after_it() =>
        Assert.Equal(2, Parse([.. Header("hard", "00000001000", '1'), .. Header("next", "0"), .. End]).Count);

    [Fact]
    public void Equal_contents_have_equal_identities_across_chunks()
    {
        var tar = new TestLayer().File("a", 3000).File("b", 3000).File("c", 3000, (byte)'y').Tar();
        foreach (var cut in new[] { int.MaxValue, 100 })
        {
            var table = Parse(tar, cut);
            Assert.Equal(table[0].Content, table[1].Content);
            Assert.NotEqual(table[0].Content, table[2].Content);
        }
    }

    [Fact]
    public void Capabilities_are_kept_as_extended_attributes()
    {
        var entry = new PaxTarEntry(TarEntryType.RegularFile, "ping", new Dictionary<string, string> { ["SCHILY.xattr.security.capability"] = "\u0001x" });
        Assert.Equal([1, (byte)'x'], Parse(Tar(entry))[0].Xattrs!["security.capability"]);
    }

    [Fact]
    public void Devices_and_pipes_have_no_bytes()
    {
        var table = Parse(Tar(
            new PaxTarEntry(TarEntryType.CharacterDevice, "c"), new PaxTarEntry(TarEntryType.BlockDevice, "b"), new PaxTarEntry(TarEntryType.Fifo, "p")));
        Assert.Equal([EntryType.CharacterDevice, EntryType.BlockDevice, EntryType.Fifo], [table[0].Type, table[1].Type, table[2].Type]);
    }

    [Fact]
    public void A_damaged_header_names_its_place()
    {
        var tar = Rich();
        tar[3] ^= 0x40;
        Assert.Contains("not a tar archive at byte 0", Refusal(tar));
    }

    [Fact]
    public void Data_after_one_zero_block_is_an_error() => Assert.Contains("not a tar archive", Refusal([.. new byte[512], .. Header("f", "0")]));

    [Fact]
    public void Anything_after_the_end_is_left_alone() => Assert.Equal(1, Parse([.. Header("f", "0"), .. End, .. Encoding.ASCII.GetBytes("trailing")]).Count);

    [Theory]
    [InlineData("-1", "malformed number")]
    [InlineData("0000000009\0", "malformed number")]
    public void A_size_that_is_no_number_is_an_error(string size, string reason) => Assert.Contains(reason, Refusal([.. Header("f", size), .. End]));

    [Fact]
    public void A_size_beyond_all_layers_is_refused() =>
        Assert.Contains("impossible size", Refusal(Header("f", "", change: b => { b[124] = 0x80; b[125 + 3] = 0x7f; })));

    [Theory]
    [InlineData("12 path=a\n")]
    [InlineData("-5 path=a\n")]
    [InlineData("9999999999 path=a\n")]
    [InlineData("10 =abcde\n")]
    [InlineData("11 size=xx\n")]
    [InlineData("11 size=-5\n")]
    [InlineData("abc")]
    public void A_malformed_pax_record_is_an_error(string record) =>
        Assert.Contains("PAX", Refusal([.. Header("x", Convert.ToString(record.Length, 8), 'x'), .. Padded(Encoding.ASCII.GetBytes(record)), .. Header("f", "0"), .. End]));

    [Fact]
    public void A_gigantic_extended_header_is_refused_before_it_is_read() => Assert.Contains("extended header of", Refusal(Header("x", "77777777777", 'x')));

    [Fact]
    public void A_path_past_the_limit_is_refused()
    {
        var pax = $"path={new string('p', 5000)}\n";
        var record = $"{pax.Length + 5} {pax}";
        Assert.Contains("path of 5000 bytes", Refusal([.. Header("x", Convert.ToString(record.Length, 8), 'x'), .. Padded(Encoding.ASCII.GetBytes(record)), .. Header("f", "0"), .. End]));
    }

    [Fact]
    public void A_path_too_deep_is_refused() =>
        Assert.Contains("directories deep", Refusal([.. Header("a/b/c/d", "0"), .. End], Limits.Default with { PathDepth = 3 }));

    [Fact]
    public void More_entries_than_the_limit_are_refused() =>
        Assert.Contains("more than 2 files", Refusal([.. Header("a", "0"), .. Header("b", "0"), .. Header("c", "0"), .. End], Limits.Default with { Entries = 2 }));

    [Fact]
    public void An_entry_takes_no_more_than_the_memory_that_is_promised()
    {
        var table = new EntryTable();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 200_000; i++)
            table.Add(new EntryTable.Row { Size = i }, Encoding.ASCII.GetBytes($"usr/lib/python3/dist-packages/some_package/module_{i:000000}.py"), default, null);
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / table.Count;
        Assert.InRange(each, 1, 400);
    }
}
