using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Checks;

public sealed class LeftoverChecksTests
{
    [Fact]
    public void Leftovers_are_summed_by_layer_with_exact_bytes_and_the_largest_file()
    {
        var found = new ImageBuilder()
            .Layer(layer => layer.File("var/lib/apt/lists/a", 100).File("var/lib/apt/lists/b", 250).File("var/lib/apt/lists/lock", 0).File("var/lib/apt/extended_states", 9))
            .Layer(layer => layer.File("var/cache/apt/archives/x.deb", 7)).Check<AptCacheCheck>();

        Assert.Equal(
            [("2 files of apt's lists and archives, the largest is var/lib/apt/lists/b", 0, "var/lib/apt/lists/b", 350),
                ("1 file of apt's lists and archives, the largest is var/cache/apt/archives/x.deb", 1, "var/cache/apt/archives/x.deb", 7L)],
            found.Select(evidence => (evidence.Text, evidence.Layer!.Value, evidence.Path!, evidence.Bytes!.Value)));
    }

    [Fact]
    public void Hidden_leftovers_are_waste_and_not_counted_again() =>
        Assert.Equal(5, Assert.Single(new ImageBuilder().Layer(layer => layer.File("var/lib/apt/lists/a", 100).File("var/lib/apt/lists/b", 5))
            .Layer(layer => layer.Delete("var/lib/apt/lists/a")).Check<AptCacheCheck>()).Bytes);

    [Fact]
    public void A_clean_image_has_no_leftovers()
    {
        var image = new ImageBuilder().Layer(layer => layer.Directory("var/lib/apt/lists").Directory("var/cache/apk").File("app/cache/pip", "x").File("app/.npmrc", "x")
            .File("var/lib/apt/lists/lock", 0).File("home/a/.cache/pipeline/x", "x"));

        Assert.Empty(image.Check<AptCacheCheck>());
        Assert.Empty(image.Check<ApkCacheCheck>());
        Assert.Empty(image.Check<PipCacheCheck>());
        Assert.Empty(image.Check<UvCacheCheck>());
        Assert.Empty(image.Check<NpmCacheCheck>());
        Assert.Empty(image.Check<NuGetCacheCheck>());
    }

    static long? BytesOf<T>(string path, string? variable = null, string value = "") where T : ICheck, new()
    {
        var image = new ImageBuilder().Layer(layer => layer.File(path, 12));
        return Assert.Single((variable is null ? image : image.Env(variable, value)).Check<T>()).Bytes;
    }

    [Theory]
    [InlineData("var/cache/apk/APKINDEX.1.tar.gz")]
    [InlineData("etc/apk/cache/x.apk")]
    public void Apk_leaves_its_index(string path) => Assert.Equal(12, BytesOf<ApkCacheCheck>(path));

    [Theory]
    [InlineData("root/.cache/pip/http/a", null)]
    [InlineData("home/app/.cache/pip/wheels/a", null)]
    [InlineData("pipcache/http/a", "PIP_CACHE_DIR")]
    public void Pip_leaves_its_cache_at_home_or_where_it_is_told(string path, string? variable) => Assert.Equal(12, BytesOf<PipCacheCheck>(path, variable, "/pipcache/"));

    [Theory]
    [InlineData("root/.cache/uv/wheels-v5/a", null)]
    [InlineData("uvcache/a", "UV_CACHE_DIR")]
    public void Uv_leaves_its_cache(string path, string? variable) => Assert.Equal(12, BytesOf<UvCacheCheck>(path, variable, "/uvcache"));

    [Theory]
    [InlineData("root/.npm/_cacache/index-v5/a", null)]
    [InlineData("usr/local/share/.cache/yarn/v6/a", null)]
    [InlineData("npmcache/_cacache/a", "npm_config_cache")]
    public void Npm_and_yarn_leave_their_caches(string path, string? variable) => Assert.Equal(12, BytesOf<NpmCacheCheck>(path, variable, "/npmcache"));

    [Theory]
    [InlineData("root/.nuget/packages/xunit/1.0/xunit.nupkg", null)]
    [InlineData("root/.local/share/NuGet/http-cache/a", null)]
    [InlineData("packages/a", "NUGET_PACKAGES")]
    public void NuGet_leaves_its_packages(string path, string? variable) => Assert.Equal(12, BytesOf<NuGetCacheCheck>(path, variable, "/packages"));

    [Fact]
    public void Build_tools_are_summed_by_layer_with_their_headers()
    {
        var evidence = Assert.Single(new ImageBuilder().Layer(layer => layer.File("usr/bin/x86_64-linux-gnu-gcc-12", 100).File("usr/bin/make", 10).Symlink("usr/bin/gcc", "x86_64-linux-gnu-gcc-12")
            .File("usr/include/stdio.h", 3).File("usr/include/sys/types.h", 4).File("usr/lib/gcc/x86_64-linux-gnu/12/cc1", 1000)).Check<BuildToolsLeftCheck>());

        Assert.Equal(("make, x86_64-linux-gnu-gcc-12 and 2 headers", 1117L), (evidence.Text, evidence.Bytes!.Value));
    }

    [Fact]
    public void A_runtime_with_its_own_headers_and_libraries_is_no_build_tool() =>
        Assert.Empty(new ImageBuilder().Layer(layer => layer.File("usr/local/include/python3.12/Python.h", 3).File("usr/lib/x86_64-linux-gnu/libgcc_s.so.1", 3)
            .File("usr/local/bin/pip", 3).File("usr/bin/perl", 3)).Check<BuildToolsLeftCheck>());
}
