using System.Text;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Packages.Go;
using Plimsoll.Engine.Tests.Packages.Executables;

namespace Plimsoll.Engine.Tests.Packages;

public sealed class GoTests
{
    const string Modules = "path\texample.com/app/cmd\nmod\texample.com/app\tv1.2.3\th1:x=\ndep\texample.com/lib\tv0.1.0\th1:y=\n";

    static readonly string Mark = new('#', 16);

    public static TheoryData<bool, bool, bool> Layouts => new(
        from is64 in new[] { false, true } from bigEndian in new[] { false, true } from sections in new[] { false, true } select (is64, bigEndian, sections));

    static PackageEvidence Read(byte[] file) => new GoReader().Read(new EvidenceFile("app", file));

    static IEnumerable<string> Named(PackageEvidence evidence) => evidence.Packages.Select(package => $"{package.Name}@{package.Version}");

    static byte[] Magic(byte pointerSize, byte flags) => [0xFF, .. " Go buildinf:"u8, pointerSize, flags];

    /// <summary>The layout since Go 1.18: lengths and texts follow the header.</summary>
    internal static byte[] Inline(string version, string modules)
    {
        var info = new MemoryStream();
        info.Write(Magic(8, 2));
        info.Write(new byte[16]);
        foreach (var text in new[] { version, modules.Length == 0 ? "" : Mark + modules + Mark })
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var length = bytes.Length;
            for (; length >= 0x80; length >>= 7)
                info.WriteByte((byte)(length | 0x80));
            info.WriteByte((byte)length);
            info.Write(bytes);
        }
        return info.ToArray();
    }

    static byte[] InlineElf(string version, string modules, bool sections = true) =>
        new SmallElf(is64: true, bigEndian: false) { WithSectionTable = sections, Sections = { (".other", [.. "variables"u8]), (".go.buildinfo", Inline(version, modules)) } }.Bytes();

    /// <summary>The layout before Go 1.18: the header has the addresses of two strings, each an address and a length.</summary>
    static byte[] PointerElf(bool is64, bool bigEndian, bool sections)
    {
        var elf = new SmallElf(is64, bigEndian) { WithSectionTable = sections };
        var (version, modules) = (Encoding.UTF8.GetBytes("go1.16.4"), Encoding.UTF8.GetBytes(Mark + Modules + Mark));
        elf.Sections.AddRange([(".go.buildinfo", new byte[32]), (".v", version), (".m", modules)]);
        elf.Sections.AddRange([(".vs", [.. elf.Word(elf.AddressOf(1)), .. elf.Word((ulong)version.Length)]), (".ms", [.. elf.Word(elf.AddressOf(2)), .. elf.Word((ulong)modules.Length)])]);
        byte[] header = [.. Magic((byte)(is64 ? 8 : 4), (byte)(bigEndian ? 1 : 0)), .. elf.Word(elf.AddressOf(3)), .. elf.Word(elf.AddressOf(4))];
        header.CopyTo(elf.Sections[0].Content, 0);
        return elf.Bytes();
    }

    [Theory, MemberData(nameof(Layouts))]
    public void The_layout_before_go_1_18_is_read_in_any_word_size_and_byte_order(bool is64, bool bigEndian, bool sections) =>
        Assert.Equal(["stdlib@1.16.4", "example.com/app@v1.2.3", "example.com/lib@v0.1.0"], Named(Read(PointerElf(is64, bigEndian, sections))));

    [Theory, InlineData(8, false), InlineData(8, true), InlineData(4, false), InlineData(4, true)]
    public void The_texts_of_that_layout_may_lie_in_another_segment(int pointerBytes, bool bigEndian) =>
        Assert.Equal(["stdlib@1.16.4", "example.com/app@v1.2.3", "example.com/lib@v0.1.0"], Named(Read(OldGoProgram.Elf("go1.16.4", Modules, pointerBytes, bigEndian))));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_layout_since_go_1_18_is_read_with_and_without_a_section_table(bool sections) =>
        Assert.Equal(["stdlib@1.22.1", "example.com/app@v1.2.3", "example.com/lib@v0.1.0"], Named(Read(InlineElf("go1.22.1", Modules, sections))));

    [Theory]
    [InlineData("go1.22.1 X:boringcrypto", "1.22.1")]
    [InlineData("go1.24rc2", "1.24rc2")]
    [InlineData("devel go1.23-0a1b2c3d4e Thu Jan 1 00:00:00 2026 +0000", "1.23-0a1b2c3d4e")]
    [InlineData("go1.24.4 (Red Hat 1.24.4-1.el10)", "1.24.4")]
    public void The_standard_library_has_the_version_of_the_toolchain(string toolchain, string version) =>
        Assert.Equal(new InstalledPackage("golang", "stdlib", version), Assert.Single(Read(InlineElf(toolchain, "")).Packages));

    [Fact]
    public void A_toolchain_without_a_release_is_noted()
    {
        var evidence = Read(InlineElf("devel +0a1b2c3d4e", Modules));
        Assert.Equal(["example.com/app@v1.2.3", "example.com/lib@v0.1.0"], Named(evidence));
        Assert.Contains("devel +0a1b2c3d4e", Assert.Single(evidence.Notes));
    }

    [Theory]
    [InlineData("dep\ta.io/x\tv1.0.0\th1:\n=>\tb.io/fork\tv1.0.1\th1:\n", "b.io/fork@v1.0.1")]
    [InlineData("dep\ta.io/x\tv1.0.0\th1:\n=>\t./x\t(devel)\t\n", "a.io/x@(devel)")]
    [InlineData("dep\ta.io/x\tv1.0.0\n=>\t../../x\t\t\n", "a.io/x@(devel)")]
    [InlineData("dep\ta.io/x\tv1.0.0\n=>\t/src/x\t\t\n", "a.io/x@(devel)")]
    [InlineData("dep\ta.io/x\tv1.0.0\n=>\tC:\\src\\x\t\t\n", "a.io/x@(devel)")]
    [InlineData("dep\t\t(devel)\t\n", null)]
    public void What_was_built_stands_in_place_of_what_it_replaced(string lines, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], Named(Read(InlineElf("go1.22.1", lines))).Skip(1));

    [Theory]
    [InlineData("dep\ta.io/x\ndep\tb.io/y\tv1.0.0\t\n", "b.io/y@v1.0.0")]
    [InlineData("=>\ta.io/x\tv1.0.0\t\ndep\tb.io/y\tv1.0.0\t\n", "b.io/y@v1.0.0")]
    public void A_line_that_is_no_module_is_noted_and_the_rest_is_read(string lines, string expected)
    {
        var evidence = Read(InlineElf("go1.22.1", lines));
        Assert.Equal(["stdlib@1.22.1", expected], Named(evidence));
        Assert.Single(evidence.Notes);
    }

    [Theory]
    [InlineData("v1.2.3", "-X main.version=9.9.9", "v1.2.3")]
    [InlineData("(devel)", "-X main.version=1.2.3", "v1.2.3")]
    [InlineData("(devel)", "-s -w -X=main.Version=v1.2.3-rc.1", "v1.2.3-rc.1")]
    [InlineData("(devel)", "-X 'example.com/app/internal.buildVersion=v1.2.3' -X main.date=today", "v1.2.3")]
    [InlineData("v0.0.0-20260101000000-0123456789ab", "-X main.version=1.2.3", "v1.2.3")]
    [InlineData("(devel)", "-X main.version=1.2.3 -X example.com/app/cli.Version=v1.2.3", "v1.2.3")]
    // Another module's variable, two that disagree, what is no release.
    [InlineData("(devel)", "-X example.com/apple.Version=1.2.3", "(devel)")]
    [InlineData("(devel)", "-X main.version=1.2.3 -X example.com/app/cli.Version=4.5.6", "(devel)")]
    [InlineData("(devel)", "-X main.version=1.2", "(devel)")]
    [InlineData("(devel)", "-X main.version=latest", "(devel)")]
    [InlineData("(devel)", "-X main.goVersion=1.22.1", "(devel)")]
    [InlineData("(devel)", "-X main.conversion=1.22.1", "(devel)")]
    public void A_main_module_without_a_version_has_that_of_its_linker_flags(string written, string flags, string version) =>
        Assert.Contains($"example.com/app@{version}", Named(Read(InlineElf("go1.22.1", $"mod\texample.com/app\t{written}\t\nbuild\t-ldflags=\"{flags}\"\n"))));

    [Theory]
    [InlineData("example.com/app", "2024-01-23T17:38:57Z", "false", "v0.0.0-20240123173857-d7fd1ad35715")]
    [InlineData("example.com/app/v3", "2024-01-23T17:38:57Z", "true", "v3.0.0-20240123173857-d7fd1ad35715+dirty")]
    [InlineData("example.com/app", "yesterday", "false", "(devel)")]
    public void Or_the_pseudo_version_of_the_commit_that_it_was_built_from(string module, string time, string modified, string version) =>
        Assert.Contains($"{module}@{version}", Named(Read(InlineElf("go1.22.1",
            $"mod\t{module}\t(devel)\t\nbuild\tvcs=git\nbuild\tvcs.revision=d7fd1ad35715cda76eb33343b7c07b275e402a2e\nbuild\tvcs.time={time}\nbuild\tvcs.modified={modified}\n"))));

    [Fact]
    public void A_program_that_only_looks_for_the_magic_is_not_of_go()
    {
        byte[] data = [.. new byte[5], .. Magic(8, 2), .. new byte[300]];
        Assert.Same(PackageEvidence.None, Read(new SmallElf(true, false) { Sections = { (".data", data) } }.Bytes()));
    }

    [Fact]
    public void A_file_of_nothing_but_magics_ends_quickly()
    {
        var magics = Enumerable.Repeat(Magic(8, 0), 1 << 18).SelectMany(magic => magic).ToArray();
        Assert.Throws<MalformedFileException>(() => Read(new SmallElf(true, false) { WithSectionTable = false, Sections = { (".data", magics) } }.Bytes()));
    }

    [Fact]
    public void A_broken_header_in_its_own_section_is_malformed()
    {
        byte[] info = [.. Magic(8, 2), .. new byte[16], 0xFF, 0xFF, 0xFF, 0xFF, 0x7F];
        var file = new SmallElf(true, false) { Sections = { (".go.buildinfo", info) } }.Bytes();
        Assert.Contains("Go build information is broken", Assert.Throws<MalformedFileException>(() => Read(file)).Message);
    }

    [Theory, MemberData(nameof(Layouts))]
    public void Damaged_programs_are_read_or_are_malformed(bool is64, bool bigEndian, bool sections)
    {
        Assert.InRange(Mutations.Read(new GoReader(), "app", PointerElf(is64, bigEndian, sections), 3000), 1, 2999);
        Assert.InRange(Mutations.Read(new GoReader(), "app", InlineElf("go1.22.1", Modules, sections), 3000), 1, 2999);
    }
}
