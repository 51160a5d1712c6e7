using System.Buffers.Binary;
using System.Text;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Packages.Executables;
using Plimsoll.Engine.Packages.Go;
using Plimsoll.Engine.Packages.KnownBinaries;
using Plimsoll.Engine.Packages.Rust;
using Plimsoll.Engine.Tests.Packages.Executables;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Packages;

public sealed class ExecutableTests
{
    static readonly IPackageReader[] Readers = [new GoReader(), new RustReader(), new KnownBinaryReader()];

    static Executable? In(byte[] file) => Executable.In(new EvidenceFile("program", file)).SingleOrDefault();

    static async Task<byte[]> Esbuild(string package) =>
        await File.ReadAllBytesAsync(Directory.GetFiles(await NpmPackage.Get(package, "0.25.12"), "esbuild*", SearchOption.AllDirectories).Single(file => new FileInfo(file).Length > 1 << 20), TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("usr/bin/app", new byte[] { 0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0 }, true)]
    [InlineData("usr/bin/app", new byte[] { 0x7F, 0x45, 0x4C, 0x46, 2, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2 }, true)]
    [InlineData("lib/modules/x.ko", new byte[] { 0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0 }, false)]
    [InlineData("core", new byte[] { 0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0 }, false)]
    [InlineData("short", new byte[] { 0x7F, 0x45, 0x4C, 0x46 }, false)]
    [InlineData("app/Server.exe", new byte[] { 0x4D, 0x5A, 0x90, 0 }, true)]
    [InlineData("app/SERVER.EXE", new byte[] { 0x4D, 0x5A, 0x90, 0 }, true)]
    [InlineData("app.d/server", new byte[] { 0x4D, 0x5A, 0x90, 0 }, true)]
    [InlineData("app/System.Text.Json.dll", new byte[] { 0x4D, 0x5A, 0x90, 0 }, false)]
    [InlineData("app/server", new byte[] { 0xCF, 0xFA, 0xED, 0xFE }, true)]
    [InlineData("app/server", new byte[] { 0xFE, 0xED, 0xFA, 0xCE }, true)]
    [InlineData("app/server", new byte[] { 0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 2 }, true)]
    [InlineData("app/Main.class", new byte[] { 0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 61 }, false)]
    [InlineData("bin/script", new byte[] { 0x23, 0x21, 0x2F, 0x62 }, false)]
    [InlineData("empty", new byte[0], false)]
    public void A_program_is_told_by_its_first_bytes(string path, byte[] head, bool wanted)
    {
        Assert.Equal(wanted, new GoReader().Wants(Encoding.UTF8.GetBytes(path), head));
        Assert.Equal(wanted, new RustReader().Wants(Encoding.UTF8.GetBytes(path), head));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void An_elf_of_any_word_size_and_byte_order_has_sections_and_memory(bool is64, bool bigEndian)
    {
        var elf = new SmallElf(is64, bigEndian) { Sections = { (".one", [1, 2, 3]), (".two", [4, 5]) } };
        var executable = In(elf.Bytes())!;
        Assert.Equal((elf.AddressOf(1), 2L), (executable.SectionOf(".two")!.Address, executable.SectionOf(".two")!.Size));
        Assert.Equal([4, 5], executable.AtAddress(elf.AddressOf(1), 2).ToArray());
        Assert.Equal(elf.AddressOf(0), executable.FirstData!.Address);
        Assert.Throws<MalformedFileException>(() => executable.AtAddress(SmallElf.Address - 1, 1));
        Assert.Throws<MalformedFileException>(() => executable.AtAddress(elf.AddressOf(1), 1 << 20));
        Assert.Throws<MalformedFileException>(() => executable.AtAddress(ulong.MaxValue, 8));
    }

    [Fact]
    public void An_object_file_is_no_program() => Assert.Null(In(new SmallElf(true, false) { Type = 1 }.Bytes()));

    [Fact]
    public async Task A_real_elf_has_the_sections_that_readelf_names()
    {
        Tool.SkipWithout("readelf");
        var program = Tool.PathOf("readelf")!;
        var expected = (await Tool.Run("readelf", ["-S", "--wide", program])).Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith('['))
            .Select(line => line[(line.IndexOf(']', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields is [['.', ..], not "NOBITS", ..]).Select(fields => $"{fields[0]} {fields[2].TrimStart('0')} {fields[3].TrimStart('0')} {fields[4].TrimStart('0')}").ToList();
        var actual = In(await File.ReadAllBytesAsync(program, TestContext.Current.CancellationToken))!.Sections
            .Select(section => string.Join(' ', section.Name, Hex(section.Address), Hex((ulong)section.Offset), Hex((ulong)section.Size)));
        Assert.True(expected.Count > 10, "the truth is too small to be one");
        Assert.Equal(expected, actual);

        static string Hex(ulong number) => number == 0 ? "" : number.ToString("x", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_real_pe_and_a_real_mach_o_have_the_sections_of_their_formats()
    {
        Assert.Equal([".text", ".rdata", ".data"], In(await Esbuild("@esbuild/win32-x64"))!.Sections.Select(section => section.Name).Take(3));
        var program = In(await Esbuild("@esbuild/darwin-arm64"))!;
        Assert.Contains("__go_buildinfo", program.Sections.Select(section => section.Name));
        Assert.True(program.AtAddress(program.SectionOf("__go_buildinfo")!.Address, 14).Span.EndsWith(" Go buildinf:"u8));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_fat_mach_o_has_the_packages_of_all_its_architectures_once()
    {
        var (intel, arm) = (await Esbuild("@esbuild/darwin-x64"), await Esbuild("@esbuild/darwin-arm64"));
        // fat_header and two fat_arch: cputype, cpusubtype, offset, size, align.
        var (first, second) = (1 << 14, (1 << 14) + (intel.Length + (1 << 14) - 1 & ~((1 << 14) - 1)));
        var fat = new byte[second + arm.Length];
        foreach (var (at, value) in new[] { (0, 0xCAFEBABE), (4, 2u), (8, 0x01000007u), (16, (uint)first), (20, (uint)intel.Length), (28, 0x0100000Cu), (36, (uint)second), (40, (uint)arm.Length) })
            BinaryPrimitives.WriteUInt32BigEndian(fat.AsSpan(at), value);
        intel.CopyTo(fat, first);
        arm.CopyTo(fat, second);
        Assert.Equal(2, Executable.In(new EvidenceFile("esbuild", fat)).Count);
        Assert.Equal(new GoReader().Read(new EvidenceFile("esbuild", arm)).Packages, new GoReader().Read(new EvidenceFile("esbuild", fat)).Packages);
    }

    [Theory]
    [InlineData("@esbuild/linux-ia32")]
    [InlineData("@esbuild/linux-s390x")]
    [InlineData("@esbuild/win32-x64")]
    [InlineData("@esbuild/darwin-arm64")]
    [Trait("Category", "Slow")]
    public async Task Real_programs_with_damaged_headers_are_read_or_are_malformed(string package)
    {
        var file = await Esbuild(package);
        var executable = In(file)!;
        var places = new List<Range> { ..4096 };
        places.AddRange(executable.Sections.Where(section => section.Name is ".go.buildinfo" or "__go_buildinfo" or ".shstrtab").Select(section => (int)section.Offset..(int)(section.Offset + section.Size)));
        if (places.Count == 1)
            places.Add((int)executable.FirstData!.Offset..((int)executable.FirstData.Offset + 512));
        foreach (var reader in Readers)
            Mutations.Read(reader, "usr/bin/node", file, 500, [.. places]);
        Assert.InRange(Mutations.Read(Readers[0], "usr/bin/esbuild", file, 2000, [.. places]), 1, 1999);
    }

    [Fact]
    public void A_well_known_program_with_damage_is_read_or_is_not()
    {
        var file = new SmallElf(true, false) { Sections = { (".rodata", [.. "\0BusyBox v%s\0BusyBox v1.36.1 (2024)\0"u8]) } }.Bytes();
        Assert.InRange(Mutations.Read(new KnownBinaryReader(), "bin/busybox", file, 3000), 1, 2999);
    }

    [Fact]
    public void An_occurrence_across_two_windows_is_found()
    {
        var content = new byte[300_000];
        foreach (var at in new[] { 65_530, 131_060, 299_995 })
            "needle"u8[..Math.Min(6, content.Length - at)].CopyTo(content.AsSpan(at));
        var file = new EvidenceFile("haystack", content);
        Assert.Equal(65_530, Occurrences.Next(file, "needle"u8, 0, file.Length));
        Assert.Equal(131_060, Occurrences.Next(file, "needle"u8, 65_531, file.Length));
        Assert.Equal(-1, Occurrences.Next(file, "needle"u8, 131_061, file.Length));
        Assert.Equal(-1, Occurrences.Next(file, "needle"u8, 0, 65_535));
    }
}
