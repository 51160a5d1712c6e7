using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Images.Tests.Samples;

namespace Plimsoll.Images.Tests;

/// <summary>An image that an engine built with what teams do to it, made smaller: other programs find the same in both, and it runs.</summary>
[Trait("Category", "Slow")]
public sealed class OptimizedImageTests : IAsyncLifetime
{
    readonly WastefulImage _image = new("plimsoll-test/wasteful:1");

    string After => _image.At("after.tar");

    public async ValueTask InitializeAsync() => await _image.Build(withBuildKit: false);

    public ValueTask DisposeAsync() => _image.DisposeAsync();

    [Theory, InlineData, InlineData("--compression", "gzip"), InlineData("--keep-base", "none")]
    public async Task An_engine_loads_and_runs_it_as_before(params string[] options)
    {
        var (said, config) = ((await Docker.Run("run", "--rm", _image.Name)).Text, await Config());
        var saved = await Optimize([After, .. options]);
        Assert.True(saved >= 6_000_000, $"{saved} bytes were saved");

        _ = (await Docker.Run("image", "rm", "--force", _image.Name)).Text;
        _ = (await Docker.Run("load", "--input", After)).Text;

        Assert.StartsWith("hello 1000 one so other ", said, StringComparison.Ordinal);
        Assert.Equal(said, (await Docker.Run("run", "--rm", _image.Name)).Text);
        Assert.Equal(config, await Config());
    }

    [Theory, InlineData("oci-archive", "after.oci"), InlineData("oci", "after/"), InlineData("docker-archive", "after.tar")]
    public async Task Another_program_unpacks_the_same_files_from_both(string kind, string output)
    {
        Tool.SkipWithout("skopeo", "umoci");
        Assert.SkipUnless(Environment.UserName == "root", "umoci gives files their owners as root alone");
        await Optimize([_image.At(output)]);

        await Tool.Run("skopeo", ["copy", "--quiet", $"docker-archive:{_image.Archive}", $"oci:{_image.At("one")}:1"]);
        await Tool.Run("skopeo", ["copy", "--quiet", $"{kind}:{_image.At(output).TrimEnd('/')}", $"oci:{_image.At("two")}:1"]);
        foreach (var side in (string[])["one", "two"])
            await Tool.Run("umoci", ["unpack", "--image", $"{_image.At(side)}:1", _image.At($"{side}.bundle")]);

        await Tool.Run("diff", ["--recursive", "--no-dereference", _image.At("one.bundle/rootfs"), _image.At("two.bundle/rootfs")]);
        var before = await Listing("one");
        Assert.Contains("srv/data/kept f 644 1000 1000 3000000", before, StringComparison.Ordinal);
        Assert.Equal(before, await Listing("two"));
    }

    // Path, type, mode, owner, size, target and number of links of everything.
    async Task<string> Listing(string side)
    {
        var lines = await Tool.Run("find", [_image.At($"{side}.bundle/rootfs"), "-printf", @"%P %y %m %U %G %s %l %n\n"]);
        // The size of a directory is its file system's business.
        return string.Join('\n', lines.Split('\n').Select(line => line.Contains(" d ", StringComparison.Ordinal) ? line[..line.LastIndexOf(' ', line.TrimEnd().LastIndexOf(' ') - 1)] : line).Order(StringComparer.Ordinal));
    }

    async Task<string> Config() => (await Docker.Inspect(_image.Name)).GetProperty("Config").GetRawText();

    async Task<long> Optimize(string[] words)
    {
        using var result = await Product.Json(["optimize", _image.Archive, "--output", .. words]);
        return result.RootElement.GetProperty("reclaimedBytes").GetInt64();
    }
}
