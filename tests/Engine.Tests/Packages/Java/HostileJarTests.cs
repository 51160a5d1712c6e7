using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Packages.Java;

namespace Plimsoll.Engine.Tests.Packages.Java;

public sealed class HostileJarTests(ITestOutputHelper output)
{
    static PackageEvidence Read(byte[] archive) => new JavaReader().Read(new EvidenceFile("a.jar", archive));

    PackageEvidence Measured(byte[] archive, long bytes, int seconds)
    {
        var (clock, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
        var evidence = Read(archive);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        output.WriteLine($"{archive.Length:N0} bytes were read in {clock.ElapsedMilliseconds:N0} ms, with {allocated:N0} bytes of memory");
        Assert.True(allocated < bytes, $"{allocated:N0} bytes were allocated");
        Assert.True(clock.Elapsed.TotalSeconds < seconds, $"it took {clock.Elapsed}");
        return evidence;
    }

    [Fact]
    public void Archives_nested_fifty_deep_are_read_down_to_the_limit()
    {
        var jar = Zips.Jar("g", "innermost", "1");
        for (var i = 0; i < 50; i++)
            jar = Zips.Of(Zips.Properties("g", $"level{i}", "1"), ("inner.jar", jar));
        var evidence = Read(jar);
        Assert.Equal(JarBudget.Nesting, evidence.Packages.Count);
        Assert.Equal($"a.jar!/{string.Join("!/", Enumerable.Repeat("inner.jar", JarBudget.Nesting))}: archives are nested deeper than 8 levels", Assert.Single(evidence.Notes));
    }

    [Fact]
    public void A_bomb_is_not_inflated()
    {
        var bomb = Zips.Of(Zips.Properties("g", "a", "1"), ("bomb.jar", new byte[100 << 20]));
        var evidence = Measured(bomb, 1 << 20, 1);
        Assert.Equal("g:a", Assert.Single(evidence.Packages).Name);
        Assert.Equal("a.jar has too many bytes once it is inflated: the rest was not read", Assert.Single(evidence.Notes));
    }

    [Fact]
    public void Bombs_that_each_stay_below_the_limit_share_one()
    {
        var bomb = Zips.Of(("0.jar", new byte[6 << 20]));
        for (var i = 1; i < 6; i++)
            bomb = Zips.Of(Enumerable.Range(0, 16).Select(n => ($"{i}-{n:00}.jar", bomb)));
        Assert.Contains(Measured(bomb, 64 << 20, 5).Notes, note => note.Contains("has too many bytes", StringComparison.Ordinal));
    }

    [Fact]
    public void A_member_that_inflates_to_more_or_less_than_it_says_ends_where_it_says()
    {
        var jar = Zips.Of(Zips.Text("META-INF/maven/g/a/pom.properties", ["groupId=g", "artifactId=a", "version=1", .. Enumerable.Repeat("#", 100_000)]), ("b.jar", Zips.Jar("g", "b", "1")));
        Write32(jar, Record(jar, 0) + 24, 40);
        Write32(jar, Record(jar, 1) + 24, 4096);
        var evidence = Read(jar);
        Assert.Equal("g:a", Assert.Single(evidence.Packages).Name);
        Assert.Equal("a.jar!/b.jar: it is cut short", Assert.Single(evidence.Notes));
    }

    [Fact]
    public void Members_that_overlap_are_bounded_together()
    {
        var inner = Zips.Of(Zips.Properties("g", "a", "1"), ("zeros.jar", new byte[1 << 20]));
        var evidence = Measured(Overlapping(Zips.Of(("00000.jar", inner)), 50_000), 64 << 20, 10);
        Assert.Equal("a.jar has too many archives in it: the rest was not read", evidence.Notes[0]);
        Assert.True(evidence.Packages.Count <= 10_000);
    }

    [Fact]
    public void Stored_members_that_overlap_at_every_level_are_bounded_together()
    {
        // A hundred ways at each of seven levels lead to the innermost archive, and nothing is ever inflated.
        var bomb = Zips.Jar("g", "a", "1");
        for (var i = 0; i < JarBudget.Nesting - 1; i++)
            bomb = Overlapping(Zips.Stored(("00000.jar", bomb)), 100);
        Assert.StartsWith("a.jar has too many", Measured(bomb, 64 << 20, 10).Notes[0]);
    }

    [Fact]
    public void Descriptions_that_overlap_are_bounded_together()
    {
        var one = Zips.Of(Zips.Text("META-INF/maven/00000/a/pom.xml", "<project>", new string(' ', 1 << 20), "</project>"));
        Assert.StartsWith("a.jar has too many", Measured(Overlapping(one, 50_000, "META-INF/maven/".Length), 512 << 20, 10).Notes[0]);
    }

    [Fact]
    public void A_million_members_cost_time_but_no_memory()
    {
        var record = new byte[46 + 7];
        "PK\x01\x02"u8.CopyTo(record);
        record[28] = 7;
        "a.class"u8.CopyTo(record.AsSpan(46));
        var bytes = new byte[1_000_000 * record.Length + 22];
        for (var i = 0; i < 1_000_000; i++)
            record.CopyTo(bytes, i * record.Length);
        "PK\x05\x06"u8.CopyTo(bytes.AsSpan(bytes.Length - 22));
        Write32(bytes, bytes.Length - 10, bytes.Length - 22);
        Assert.Empty(Measured(bytes, 1 << 20, 2).Notes);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4 })]
    public void What_is_no_archive_is_malformed(byte[] bytes) => Assert.Throws<MalformedFileException>(() => Read(bytes));

    [Theory]
    [InlineData(12, uint.MaxValue - 1)]
    [InlineData(16, uint.MaxValue - 1)]
    [InlineData(12, 0x7fffffffu)]
    public void A_directory_outside_of_the_archive_is_malformed(int field, uint value)
    {
        var jar = Zips.Jar("g", "a", "1");
        Write32(jar, End(jar) + field, (int)value);
        Assert.Throws<MalformedFileException>(() => Read(jar));
    }

    [Fact]
    public void What_comes_before_damage_in_the_directory_is_read()
    {
        var jar = Zips.Of(Zips.Properties("g", "a", "1"), Zips.Properties("g", "b", "1"));
        jar[Record(jar, 1)] = 0;
        var evidence = Read(jar);
        Assert.Equal("g:a", Assert.Single(evidence.Packages).Name);
        Assert.Equal("a.jar: its list of files is corrupt; what comes before was read", Assert.Single(evidence.Notes));
    }

    [Theory]
    [InlineData("it is encrypted", 8, 1)]
    [InlineData("it is compressed by method 93, which Java does not know", 10, 93)]
    [InlineData("it is not where the central directory says", 42, 3)]
    [InlineData("it is cut short, or refers to something past its end", 22, 0x7f)]
    public void A_member_that_cannot_be_read_is_noted_and_the_rest_is_read(string why, int field, byte value)
    {
        var jar = Zips.Of(Zips.Properties("g", "a", "1"), ("b.jar", Zips.Jar("g", "b", "1")));
        jar[Record(jar, 1) + field] = value;
        var evidence = Read(jar);
        Assert.Equal("g:a", Assert.Single(evidence.Packages).Name);
        Assert.Equal($"a.jar!/b.jar: {why}", Assert.Single(evidence.Notes));
    }

    [Theory]
    [InlineData(0L, true)]
    [InlineData(1L, false)]
    [InlineData(-1_000_000L, false)]
    [InlineData(long.MaxValue, false)]
    [InlineData(long.MinValue, false)]
    public void An_archive_of_64_bits_is_read_unless_it_lies(long lie, bool read)
    {
        var jar = Large(Zips.Jar("g", "a", "1"), lie);
        if (read)
            Assert.Equal("g:a", Assert.Single(Read(jar).Packages).Name);
        else
            Assert.Throws<MalformedFileException>(() => Read(jar));
    }

    [Fact]
    public void Whatever_is_changed_in_a_real_archive_it_is_read_or_noted()
    {
        var lib = Zips.Of(Zips.Properties("g", "lib", "1"), Zips.Text("META-INF/MANIFEST.MF", "Manifest-Version: 1.0", "Bundle-SymbolicName: g.lib", "Bundle-License: MIT"),
            Zips.Text("META-INF/maven/g/lib/pom.xml", "<project><groupId>g</groupId><artifactId>lib</artifactId><version>1</version><licenses><license><name>MIT</name></license></licenses></project>"));
        byte[][] samples =
        [
            lib, Zips.Stored(("BOOT-INF/lib/lib.jar", lib), Zips.Properties("g", "app", "1")), Zips.Of(("web.war", Zips.Of(("WEB-INF/lib/lib.jar", lib)))), Large(lib, 0),
            Zips.Stored(Zips.Text("META-INF/MANIFEST.MF", "Implementation-Title: x", "Implementation-Version: 1"), Zips.Text("META-INF/maven/g/lib/pom.xml", "<project><groupId>g</groupId>x</project>")),
        ];
        var seed = 20_250_101u;
        uint Next(int below) => (seed = seed * 1_664_525 + 1_013_904_223) / 65_536 % (uint)below;
        int read = 0, refused = 0;
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = samples[i % samples.Length].ToArray();
            for (var change = Next(6); change <= 6; change++)
                switch (Next(5))
                {
                    case 0: bytes[Next(bytes.Length)] ^= (byte)(1 << (int)Next(8)); break;
                    case 1: bytes[Next(bytes.Length)] = (byte)(Next(2) == 0 ? 0xff : 0); break;
                    case 2 when Next(4) == 0: bytes = bytes[..^(int)Next(bytes.Length)]; break;
                    case 3: bytes.AsSpan((int)Next(bytes.Length))[..1].CopyTo(bytes.AsSpan((int)Next(bytes.Length))); break;
                    case 4 when bytes.Length > 40: bytes.AsSpan((int)Next(bytes.Length - 32), 32).ToArray().CopyTo(bytes, Next(bytes.Length - 32)); break;
                }
            try
            {
                Read(bytes);
                read++;
            }
            catch (Exception e) when (e is MalformedFileException or JsonException or InvalidDataException)
            {
                refused++;
            }
        }
        output.WriteLine($"{read} were read and {refused} refused in {clock.ElapsedMilliseconds} ms");
        Assert.True(read > 1000 && refused > 1000);
        Assert.True(clock.Elapsed.TotalSeconds < 60);
    }

    /// <summary>An archive with one member, under many names, of which five digits change: each means the same bytes, as in the better zip bombs.</summary>
    static byte[] Overlapping(byte[] zip, int count, int digits = 0)
    {
        var (start, end) = (Record(zip, 0), End(zip));
        var bytes = new MemoryStream();
        bytes.Write(zip.AsSpan(0, start));
        for (var i = 0; i < count; i++)
        {
            Encoding.ASCII.GetBytes($"{i:00000}").CopyTo(zip, start + 46 + digits);
            bytes.Write(zip.AsSpan(start, end - start));
        }
        Write32(zip, end + 12, count * (end - start));
        bytes.Write(zip.AsSpan(end));
        return bytes.ToArray();
    }

    /// <summary>The same archive with a 64-bit end record, in which one number is changed.</summary>
    static byte[] Large(byte[] jar, long lie)
    {
        var end = End(jar);
        var large = new byte[56 + 20];
        "PK\x06\x06"u8.CopyTo(large);
        BinaryPrimitives.WriteInt64LittleEndian(large.AsSpan(40), BinaryPrimitives.ReadInt32LittleEndian(jar.AsSpan(end + 12)) + lie);
        BinaryPrimitives.WriteInt64LittleEndian(large.AsSpan(48), BinaryPrimitives.ReadInt32LittleEndian(jar.AsSpan(end + 16)) + lie);
        "PK\x06\x07"u8.CopyTo(large.AsSpan(56));
        BinaryPrimitives.WriteInt64LittleEndian(large.AsSpan(56 + 8), end);
        byte[] bytes = [.. jar[..end], .. large, .. jar[end..]];
        Write32(bytes, end + large.Length + 12, -1);
        Write32(bytes, end + large.Length + 16, -1);
        return bytes;
    }

    static int End(byte[] zip) => zip.AsSpan().LastIndexOf("PK\x05\x06"u8);

    static int Record(byte[] zip, int number)
    {
        var at = BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(End(zip) + 16));
        for (; number > 0; number--)
            at += 46 + zip[at + 28] + zip[at + 30] + zip[at + 32];
        return at;
    }

    static void Write32(byte[] bytes, int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
}
