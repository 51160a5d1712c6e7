using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests;

public sealed class MakeSampleTests
{
    [Fact, Trait("Category", "Slow")]
    public async Task The_sample_is_built_again_byte_for_byte()
    {
        using var folder = new TemporaryFolder();

        await Tool.Run(Repository.At("eng/make-sample"), [folder.Root]);

        var built = Directory.EnumerateFiles(folder.Root).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["webapp.faults.json", "webapp.faults.md", "webapp.tar"], built);
        Assert.All(built, name => Assert.True(
            Bytes(folder.At(name)).SequenceEqual(Bytes(Repository.At($"samples/{name}"))),
            $"{name} is not what eng/make-sample builds: run it and commit the result"));
    }

    static byte[] Bytes(string path)
    {
        var bytes = new MemoryStream();
        using (var file = File.OpenRead(path))
            file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
