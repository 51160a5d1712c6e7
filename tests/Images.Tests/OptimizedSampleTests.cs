using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Images.Tests.Samples;

namespace Plimsoll.Images.Tests;

/// <summary>The sample of the README, whose own programs are only made up: an engine loads it and runs a program of the machine in it.</summary>
public sealed class OptimizedSampleTests : IDisposable
{
    const string Name = "webapp:1.4.2";

    // Type, mode, owner, size, number of links and target of everything but what the engine mounts, then the content of each file.
    const string Look = """/busybox find / -xdev ! -path /proc ! -path /sys ! -path /dev -exec /busybox stat -c "%N %F %a %u %g %s %h" {} + | /busybox sort; /busybox find / -xdev -type f -exec /busybox sha256sum {} + | /busybox sort""";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_program_that_runs_in_the_smaller_sample_sees_what_it_saw_in_the_sample()
    {
        await Docker.SkipWithout();
        Tool.SkipWithout("busybox");
        var (sample, smaller) = (Repository.At("samples/webapp.tar"), _folder.At("smaller.tar"));
        _ = (await Product.Run(["optimize", sample, "--output", smaller])).Text;
        try
        {
            var (before, size) = await Seen(sample);
            var (after, less) = await Seen(smaller);
            Assert.Contains("/usr/local/bin/helper regular file 4755 0 0 16384 1", before, StringComparison.Ordinal);
            Assert.Equal(before, after);
            Assert.True(size - less >= 370 << 10, $"{size} bytes became {less}");
        }
        finally
        {
            await Docker.Run("image", "rm", "--force", Name);
        }
    }

    static async Task<(string Files, long Bytes)> Seen(string archive)
    {
        await Docker.Run("image", "rm", "--force", Name);
        _ = (await Docker.Run("load", "--input", archive)).Text;
        // What an engine puts into a container is the same in both only where the container is called the same and has no address.
        var run = await Docker.Run(
            "run", "--rm", "--network", "none", "--hostname", "sample", "--user", "0", "--volume", $"{Tool.PathOf("busybox")}:/busybox:ro", "--entrypoint", "/busybox", Name, "sh", "-c", Look);
        return (run.Text, (await Docker.Inspect(Name)).GetProperty("Size").GetInt64());
    }
}
