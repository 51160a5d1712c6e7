using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Writing;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Writing.OutputCase;

namespace Plimsoll.Engine.Tests.Writing;

/// <summary>Compressed layers are what every decompressor reads, and the same bytes on every machine.</summary>
public sealed class BlockCompressorTests
{
    const int GzipBlock = 7 << 17;
    const int ZstdBlock = (4 << 20) - (1 << 16);

    public static TheoryData<string, int, int> Cases => new(
        from encoding in new[] { ("Gzip", 0), ("Gzip", 1), ("Gzip", 6), ("Gzip", 9), ("Zstd", 1), ("Zstd", 3), ("Zstd", 12) }
        from length in new[] { 0, 1, 1000, GzipBlock - 1, GzipBlock, GzipBlock + 1, 2 * GzipBlock, ZstdBlock, 5 * ZstdBlock / 2 }
        select (encoding.Item1, encoding.Item2, length));

    [Theory, MemberData(nameof(Cases))]
    public async Task Any_length_comes_back_as_it_was(string format, int level, int length)
    {
        var content = Text(length);
        var packed = await Packed(Encoding(format, level), content, 2);
        var plain = new MemoryStream();
        await using (var inflate = Enum.Parse<Compression>(format).Inflate(new MemoryStream(packed)))
            await inflate.CopyToAsync(plain, Ct);
        Assert.Equal(Digest.Of(content), Digest.Of(plain.ToArray()));
    }

    [Theory]
    [InlineData("Gzip", 6)]
    [InlineData("Gzip", 1)]
    [InlineData("Zstd", 3)]
    public async Task The_bytes_are_the_same_on_any_number_of_cores(string format, int level)
    {
        var content = Text(20_000_000);
        var digests = new List<Digest>();
        foreach (var cores in new[] { 1, 2, 3, 16 })
            digests.Add(Digest.Of(await Packed(Encoding(format, level), content, cores)));
        digests.Add(Digest.Of(await Packed(Encoding(format, level), content, 2, 37)));
        Assert.Single(digests.Distinct());
    }

    [Theory]
    [InlineData("Gzip", 6)]
    [InlineData("Gzip", 1)]
    [InlineData("Zstd", 3)]
    public async Task Bytes_that_cannot_be_compressed_fit_all_the_same(string format, int level)
    {
        var noise = Noise(3 * GzipBlock + 7);
        var packed = await Packed(Encoding(format, level), noise, 2);
        var plain = new MemoryStream();
        await using (var inflate = Enum.Parse<Compression>(format).Inflate(new MemoryStream(packed)))
            await inflate.CopyToAsync(plain, Ct);
        Assert.Equal(Digest.Of(noise), Digest.Of(plain.ToArray()));
        Assert.InRange(packed.Length, noise.Length, noise.Length * 1.15);
    }

    [Theory]
    [InlineData("gzip", "Gzip", 6, GzipBlock * 3 + 11)]
    [InlineData("gzip", "Gzip", 9, 0)]
    [InlineData("gzip", "Gzip", 0, GzipBlock * 3 + 11)]
    [InlineData("zstd", "Zstd", 3, ZstdBlock * 2 + 11)]
    [InlineData("zstd", "Zstd", 19, 0)]
    public async Task Its_own_program_finds_it_sound_and_reads_the_same(string program, string format, int level, int length)
    {
        Tool.SkipWithout("gzip", "zstd");
        using var folder = new TemporaryFolder();
        var content = Text(length);
        var file = folder.Write("layer." + (program == "gzip" ? "gz" : "zst"), await Packed(Encoding(format, level), content, 2));
        await Tool.Run(program, ["-t", file]);
        await Tool.Run(program, ["-d", "-k", file]);
        Assert.Equal(Digest.Of(content), Digest.Of(Bytes(folder.At("layer"))));
    }

    [Fact]
    public async Task Gzip_is_one_member_without_a_name_or_a_time()
    {
        var packed = await Packed(Encoding("Gzip", 6), Text(3_000_000), 2);
        Assert.Equal([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255], packed[..10]);
        Assert.Equal(3_000_000, BitConverter.ToInt32(packed.AsSpan(packed.Length - 4)));
    }

    [Fact]
    public async Task It_is_about_as_small_as_gzip_makes_it()
    {
        Tool.SkipWithout("gzip");
        using var folder = new TemporaryFolder();
        var content = Bytes(typeof(BlockCompressorTests).Assembly.Location).Concat(Bytes(typeof(Inspector).Assembly.Location)).ToArray();
        await Tool.Run("gzip", ["-6", "-n", folder.Write("layer", content)]);
        var packed = await Packed(Encoding("Gzip", 6), content, 2);
        Assert.InRange(packed.Length, 0, new FileInfo(folder.At("layer.gz")).Length * 1.05);
    }

    [Fact]
    public async Task What_takes_the_bytes_may_fail_and_nothing_hangs()
    {
        using var format = BlockFormats.Of(Encoding("Gzip", 6));
        await using var compressor = new BlockCompressor(format, 2, (_, _) => throw new IOException("no room"));
        await Assert.ThrowsAsync<IOException>(async () => await compressor.Take(Text(30_000_000), Ct));
    }

    static LayerEncoding Encoding(string format, int level) => new(Enum.Parse<Compression>(format), level);

    static async Task<byte[]> Packed(LayerEncoding encoding, byte[] content, int cores, int piece = 1 << 20)
    {
        var packed = new MemoryStream();
        using var format = BlockFormats.Of(encoding);
        await using var compressor = new BlockCompressor(format, cores, (bytes, _) =>
        {
            packed.Write(bytes.Span);
            return default;
        });
        for (var at = 0; at < content.Length; at += piece)
            await compressor.Take(content.AsMemory(at, Math.Min(piece, content.Length - at)), Ct);
        await compressor.Complete(Ct);
        return packed.ToArray();
    }

    static byte[] Text(int length)
    {
        var dice = new Dice(7);
        var words = Enumerable.Range(0, 500).Select(_ => System.Text.Encoding.ASCII.GetBytes($"{dice.Roll(1 << 20):x} ")).ToArray();
        var text = new byte[length];
        for (var at = 0; at < length;)
        {
            var word = words[dice.Roll(words.Length)];
            var taken = Math.Min(word.Length, length - at);
            word.AsSpan(0, taken).CopyTo(text.AsSpan(at));
            at += taken;
        }
        return text;
    }

    // SHA-256 of a counter: no compressor finds anything in it.
    static byte[] Noise(int length)
    {
        var noise = new byte[length];
        for (var at = 0; at < length; at += 32)
            System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(at)).AsSpan(0, Math.Min(32, length - at)).CopyTo(noise.AsSpan(at));
        return noise;
    }
}
