using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Packages.Rust;
using Plimsoll.Engine.Tests.Packages.Executables;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Packages;

public sealed class RustTests
{
    // In the form of the example in cargo-auditable's own description of the format.
    const string Crates = """
        {"packages":[
          {"name":"adler","version":"0.2.3","source":"registry"},
          {"name":"autocfg","version":"1.0.1","source":"crates.io","kind":"build"},
          {"name":"demo","version":"0.1.0","source":"local","root":true,"dependencies":[0,3]},
          {"name":"ring","version":"0.17.8","source":"crates.io","kind":"runtime"}]}
        """;

    internal static byte[] Zlib(byte[] text)
    {
        var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize))
            zlib.Write(text);
        return compressed.ToArray();
    }

    static byte[] Elf(string crates) => Elf(Zlib(Encoding.UTF8.GetBytes(crates)));

    static byte[] Elf(byte[] section) => new SmallElf(is64: true, bigEndian: false) { Sections = { (".dep-v0", section) } }.Bytes();

    static PackageEvidence Read(byte[] file) => new RustReader().Read(new EvidenceFile("demo", file));

    static IEnumerable<string> Named(PackageEvidence evidence) => evidence.Packages.Select(package => $"{package.Type}:{package.Name}@{package.Version}");

    [Fact]
    public void Crates_that_only_built_the_program_are_not_in_it() =>
        Assert.Equal(["cargo:adler@0.2.3", "cargo:demo@0.1.0", "cargo:ring@0.17.8"], Named(Read(Elf(Crates))));

    [Fact]
    public void A_program_without_the_section_has_no_crates() =>
        Assert.Same(PackageEvidence.None, Read(new SmallElf(true, false) { Sections = { (".data", [1]) } }.Bytes()));

    [Fact]
    public void A_crate_without_a_name_is_noted_and_the_rest_is_read()
    {
        var evidence = Read(Elf("""{"packages":[{"version":"1.0.0"},7,{"name":"\ud800","version":"1.0.0"},{"name":"ring","version":"0.17.8"}]}"""));
        Assert.Equal(["cargo:ring@0.17.8"], Named(evidence));
        Assert.Equal("demo: a crate without a name or version (3 times)", Assert.Single(evidence.Notes));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"packages":7}""")]
    public void Json_of_another_form_is_malformed(string json) => Assert.Throws<MalformedFileException>(() => Read(Elf(json)));

    [Fact]
    public void What_is_no_json_or_not_compressed_says_so()
    {
        Assert.ThrowsAny<JsonException>(() => Read(Elf("not json")));
        Assert.Throws<InvalidDataException>(() => Read(Elf("not zlib"u8.ToArray())));
        Assert.ThrowsAny<JsonException>(() => Read(Elf("{\"a\":" + new string('[', 100_000))));
    }

    [Fact]
    public void A_bomb_is_inflated_no_further_than_the_limit() =>
        Assert.Contains("too large", Assert.Throws<MalformedFileException>(() => Read(Elf(Zlib(new byte[64 << 20])))).Message);

    [Fact]
    public void Damaged_programs_are_read_or_are_malformed() =>
        Assert.InRange(Mutations.Read(new RustReader(), "demo", Elf(Crates), 5000), 1, 4999);

    [Fact]
    public async Task A_section_that_objcopy_adds_to_a_real_program_is_read()
    {
        Tool.SkipWithout("objcopy");
        using var folder = new TemporaryFolder();
        var (section, program) = (folder.Write("section", Zlib(Encoding.UTF8.GetBytes(Crates))), folder.At("program"));
        await Tool.Run("objcopy", ["--add-section", $".dep-v0={section}", Tool.PathOf("objcopy")!, program]);
        Assert.Equal(["cargo:adler@0.2.3", "cargo:demo@0.1.0", "cargo:ring@0.17.8"], Named(Read(await File.ReadAllBytesAsync(program, TestContext.Current.CancellationToken))));
    }
}
