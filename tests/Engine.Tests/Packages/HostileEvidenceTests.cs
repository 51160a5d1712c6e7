using System.Buffers.Binary;
using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.Text;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Tests.Packages.Java;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Packages;

/// <summary>
/// Layers in which one file is made to cost more than it should: it is noted, the package beside it is reported, and the bytes allocated for
/// the whole layer are counted. Runs beside no other test, so that they are its own.
/// </summary>
[Collection("Measured")]
public sealed class HostileEvidenceTests(ITestOutputHelper output)
{
    const int MiB = 1 << 20;

    static TestLayer Beside(string path, byte[] hostile) => new TestLayer().File(path, hostile).File("srv/node_modules/left-pad/package.json", """{"name":"left-pad","version":"1.3.0"}""");

    async Task<LayerIndex> Read(string path, byte[] hostile, long most, int seconds = 10)
    {
        var tar = Beside(path, hostile).Tar();
        return await Read(path, new MemoryStream(tar), Digest.Of(tar), most, seconds);
    }

    async Task<LayerIndex> Read(string path, Stream tar, Digest diffId, long most, int seconds)
    {
        var (clock, before) = (Stopwatch.StartNew(), GC.GetTotalAllocatedBytes(precise: true));
        var layer = await TestLayer.Read([], diffId, source: tar);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {allocated >> 10:N0} KiB allocated in {clock.ElapsedMilliseconds:N0} ms; {string.Join("; ", layer.Notes)}"));
        Assert.True(allocated < most, $"{allocated:N0} bytes were allocated");
        Assert.True(clock.Elapsed.TotalSeconds < seconds, $"it took {clock.Elapsed}");
        Assert.Contains(Packages(layer), package => package.Name == "left-pad");
        return layer;
    }

    static IEnumerable<InstalledPackage> Packages(LayerIndex layer) => layer.Packages.Values.SelectMany(evidence => evidence.Packages);

    static void Noted(LayerIndex layer, string path, string reason)
    {
        var note = Assert.Single(layer.Notes);
        Assert.StartsWith(path, note, StringComparison.Ordinal);
        Assert.Contains(reason, note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bomb_in_a_jar()
    {
        var layer = await Read("srv/app.jar", Zips.Of(Zips.Properties("g", "a", "1"), ("bomb.jar", new byte[100 * MiB])), 8 * MiB);
        Noted(layer, "srv/app.jar", "too many bytes once it is inflated");
        Assert.Contains(Packages(layer), package => package.Name == "g:a");
    }

    [Fact]
    public async Task Jars_nested_fifty_deep()
    {
        var jar = Zips.Jar("g", "innermost", "1");
        for (var i = 0; i < 50; i++)
            jar = Zips.Of(Zips.Properties("g", $"level{i}", "1"), ("inner.jar", jar));
        Noted(await Read("srv/app.jar", jar, 8 * MiB), "srv/app.jar", "nested deeper than 8 levels");
    }

    [Theory]
    [InlineData("srv/app.deps.json")]
    [InlineData("srv/node_modules/big/package.json")]
    [InlineData("srv/vendor/composer/installed.json")]
    [Trait("Category", "Slow")]
    public async Task Json_of_a_hundred_megabytes(string path)
    {
        using var folder = new TemporaryFolder();
        await using (var json = File.Create(folder.At("json")))
            for (var i = 0; i < 100; i++)
                json.Write(Encoding.ASCII.GetBytes((i == 0 ? "[1" : ",1").PadRight(MiB, '1')));
        await using (var tar = new TarWriter(File.Create(folder.At("layer.tar"))))
        await using (var json = File.OpenRead(folder.At("json")))
        {
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = json }, TestContext.Current.CancellationToken);
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "srv/node_modules/left-pad/package.json") { DataStream = new MemoryStream("""{"name":"left-pad","version":"1.3.0"}"""u8.ToArray()) }, TestContext.Current.CancellationToken);
        }
        await using var layer = File.OpenRead(folder.At("layer.tar"));
        var diffId = Digest.FromHash(await System.Security.Cryptography.SHA256.HashDataAsync(layer, TestContext.Current.CancellationToken));
        layer.Position = 0;
        Noted(await Read(path, layer, diffId, 8 * MiB, 30), path, "too many for a file of its kind");
    }

    [Fact]
    public async Task Json_of_nothing_but_numbers() =>
        Noted(await Read("srv/app.deps.json", Encoding.ASCII.GetBytes($"{{\"a\":[{string.Concat(Enumerable.Repeat("1,", 3_000_000))}1]}}"), 32 * MiB), "srv/app.deps.json", "does not say what its own target uses");

    [Fact]
    public async Task Json_that_names_one_large_library_again_and_again()
    {
        var (targets, members) = (string.Join(',', Enumerable.Repeat("\"A/1\":{}", 400_000)), string.Join(',', Enumerable.Repeat("\"x\":1", 400_000)));
        Assert.Empty((await Read("srv/app.deps.json", Encoding.ASCII.GetBytes($"{{\"targets\":{{\"t\":{{{targets}}}}},\"libraries\":{{\"A/1\":{{{members}}}}}}}"), 64 * MiB)).Notes);
    }

    [Fact]
    public async Task A_chain_of_berkeley_pages_that_points_at_itself()
    {
        var database = SmallRpm.Berkeley("tool");
        Array.Resize(ref database, 4 * MiB);
        BinaryPrimitives.WriteUInt32LittleEndian(database.AsSpan(32), (uint)database.Length / 512 - 1);
        // The value is as long as the database, the only page of it holds a byte, and is followed by itself.
        BinaryPrimitives.WriteUInt32LittleEndian(database.AsSpan(512 + 512 - 17 + 8), (uint)database.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(database.AsSpan(1024 + 16), 2);
        BinaryPrimitives.WriteUInt16LittleEndian(database.AsSpan(1024 + 22), 1);
        Noted(await Read("var/lib/rpm/Packages", database, 16 * MiB), "var/lib/rpm/Packages", "pages point at each other");
    }

    [Fact]
    public async Task Slots_of_an_ndb_that_all_point_at_one_blob()
    {
        var database = SmallRpm.Ndb("tool");
        for (var slot = 2; slot < 256; slot++)
            database.AsSpan(32, 16).CopyTo(database.AsSpan(slot * 16));
        var layer = await Read("var/lib/rpm/Packages.db", database, 8 * MiB);
        Noted(layer, "var/lib/rpm/Packages.db", "slots point at the same blobs");
        Assert.Contains(Packages(layer), package => package.Name == "tool");
    }

    [Fact]
    public async Task A_table_of_sqlite_whose_root_is_the_page_of_the_schema()
    {
        var database = SmallRpm.Sqlite("tool");
        database[511] = 1;
        Noted(await Read("var/lib/rpm/rpmdb.sqlite", database, 8 * MiB), "var/lib/rpm/rpmdb.sqlite", "pages point at each other");
    }

    [Fact]
    public async Task A_row_of_sqlite_whose_overflow_page_is_followed_by_itself()
    {
        var database = SmallRpm.Sqlite("tool");
        Array.Resize(ref database, 64 << 10);
        // The row's length, where its first overflow page stands with a row of that length, and the page after the third.
        var cell = 512 + BinaryPrimitives.ReadUInt16BigEndian(database.AsSpan(512 + 8));
        (database[cell], database[cell + 1]) = (0xff, 0x7f);
        BinaryPrimitives.WriteUInt32BigEndian(database.AsSpan(cell + 3 + 39 + (0x3fff - 39) % 508), 3);
        BinaryPrimitives.WriteUInt32BigEndian(database.AsSpan(1024), 3);
        Noted(await Read("var/lib/rpm/rpmdb.sqlite", database, 8 * MiB), "var/lib/rpm/rpmdb.sqlite", "its pages point at each other");
    }

    [Fact]
    public async Task A_folder_as_long_as_a_database_with_a_hundred_thousand_files_in_it()
    {
        var record = $"P:a\nV:1\nF:{new string('f', 8 * MiB)}\n{string.Concat(Enumerable.Repeat("R:x\n", 100_000))}\n";
        Assert.Contains(Packages(await Read("lib/apk/db/installed", Encoding.ASCII.GetBytes(record), 200 * MiB)), package => package.Name == "a");
    }

    [Theory]
    [InlineData("var/lib/dpkg/status", "a:\n\n")]
    [InlineData("lib/apk/db/installed", "a:\n\n")]
    [InlineData("var/lib/rpmmanifest/container-manifest-2", "a\n")]
    public async Task A_million_broken_records_are_one_note(string path, string record)
    {
        var layer = await Read(path, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(record, 1_000_000))), 200 * MiB);
        Noted(layer, path, "(1,000,000 times)");
    }

    [Fact]
    public async Task A_line_feed_is_no_record() => Assert.Empty((await Read("var/lib/dpkg/status", [.. Enumerable.Repeat((byte)'\n', 15 * MiB)], 200 * MiB)).Notes);

    [Fact]
    public async Task A_fat_program_whose_sixteen_architectures_are_the_same()
    {
        const int At = 512, CommandBytes = 72 + 80, InfoAt = 32 + CommandBytes;
        var info = GoTests.Inline("go1.22.1", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"dep\tm{i}\tv1\n")));
        var file = new byte[At + InfoAt + info.Length];
        (uint At, uint Value)[] big = [(0, 0xCAFEBABE), (4, 16), .. Enumerable.Range(0, 16).Select(i => (8 + 20 * (uint)i + 8, (uint)At))];
        foreach (var (at, value) in big)
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan((int)at), value);
        // mach_header_64, then one segment_command_64 with one section_64 of all that follows.
        foreach (var (at, value) in new[] { (0, 0xFEEDFACFu), (12, 2u), (16, 1u), (20, (uint)CommandBytes), (32, 0x19u), (36, (uint)CommandBytes), (32 + 64, 1u), (104 + 40, (uint)info.Length), (104 + 48, (uint)InfoAt) })
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(At + at), value);
        "__go_buildinfo"u8.CopyTo(file.AsSpan(At + 104));
        info.CopyTo(file, At + InfoAt);
        Noted(await Read("usr/bin/app", file, 200 * MiB), "usr/bin/app", "more modules than any program");
    }

    [Fact]
    public async Task Packages_past_the_limit_of_memory_end_the_inspection()
    {
        var status = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"Package: p{i}\nVersion: 1\n\n"));
        var tar = Beside("var/lib/dpkg/status", Encoding.ASCII.GetBytes(status)).Tar();
        var error = await Assert.ThrowsAsync<UnreadableImageException>(() => TestLayer.Read(tar, limits: Limits.Default with { PackageBytes = 4 * MiB }));
        Assert.Contains("more than 4,194,304 bytes of package data", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty((await TestLayer.Read(tar)).Packages);
    }

    [Fact]
    public async Task A_name_too_long_for_one_is_left_out()
    {
        var layer = await Read("var/lib/dpkg/status", Encoding.ASCII.GetBytes($"Package: {new string('p', 4 * MiB)}\nVersion: 1\n\nPackage: libc6\nVersion: 2\n"), 100 * MiB);
        Noted(layer, "var/lib/dpkg/status", "too long");
        Assert.Contains(Packages(layer), package => package.Name == "libc6");
    }
}
