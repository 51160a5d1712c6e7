using System.Text.Json;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Images.Tests.Samples;

namespace Plimsoll.Images.Tests;

/// <summary>An image that an engine built with what teams do to it, made smaller: other programs find the same in both, and it runs.</summary>
[Trait("Category", "Slow")]
public sealed class OptimizedImageTests : IAsyncLifetime
{
    const string Name = "plimsoll-test/wasteful:1";

    // What each layer wastes: a file that is deleted, one that only changes hands, one that is replaced, a folder of links and files that goes.
    const string Dockerfile = """
        FROM scratch
        COPY busybox /bin/busybox
        RUN ["/bin/busybox", "--install", "-s", "/bin"]
        COPY os-release /etc/os-release
        RUN mkdir -p /srv/data /var/tmp/build && head -c 3000000 /dev/urandom > /srv/data/kept && head -c 2000000 /dev/urandom > /srv/data/gone && echo one > /srv/data/small && ln /srv/data/small /srv/data/linked
        RUN mkdir /srv/lib && ln -s lib /srv/lib64 && echo so > /srv/lib64/libx.so && head -c 1000000 /dev/urandom > /var/tmp/build/object && ln -s object /var/tmp/build/link
        RUN chown -R 1000:1000 /srv/data
        RUN rm -rf /srv/data/gone /var/tmp/build && rm /srv/lib64 && mkdir /srv/lib64 && echo other > /srv/lib64/libx.so
        COPY app.sh /srv/app.sh
        RUN chmod 755 /srv/app.sh && rm /srv/data/small
        ENV GREETING=hello
        USER 1000
        WORKDIR /srv
        HEALTHCHECK CMD ["/srv/app.sh"]
        ENTRYPOINT ["/srv/app.sh"]
        """;

    readonly TemporaryFolder _folder = new();

    string Before => _folder.At("before.tar");

    string After => _folder.At("after.tar");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(await Docker.Missing() is { } missing, await Docker.Missing() ?? "");
        Tool.SkipWithout("busybox");
        Directory.CreateDirectory(_folder.At("context"));
        File.Copy(Tool.PathOf("busybox")!, _folder.At("context/busybox"));
        _folder.Write("context/os-release", "ID=debian\nVERSION_ID=12\n");
        _folder.Write("context/app.sh", "#!/bin/sh\necho $GREETING $(id -u) $(cat data/linked lib/libx.so lib64/libx.so) $(sha256sum data/kept) $(stat -c %u:%a data/kept)\n");
        _folder.Write("context/Dockerfile", Dockerfile);
        _ = (await Docker.Run("build", "--quiet", "--tag", Name, _folder.At("context"))).Text;
        _ = (await Docker.Run("save", "--output", Before, Name)).Text;
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        if (await Docker.Missing() is null)
            await Docker.Run("image", "rm", "--force", Name);
    }

    [Theory, InlineData, InlineData("--compression", "gzip"), InlineData("--keep-base", "none")]
    public async Task An_engine_loads_and_runs_it_as_before(params string[] options)
    {
        var (said, config) = ((await Docker.Run("run", "--rm", Name)).Text, await Config());
        var saved = await Optimize([After, .. options]);
        Assert.True(saved >= 6_000_000, $"{saved} bytes were saved");

        _ = (await Docker.Run("image", "rm", "--force", Name)).Text;
        _ = (await Docker.Run("load", "--input", After)).Text;

        Assert.StartsWith("hello 1000 one so other ", said, StringComparison.Ordinal);
        Assert.Equal(said, (await Docker.Run("run", "--rm", Name)).Text);
        Assert.Equal(config, await Config());
    }

    [Theory, InlineData("oci-archive", "after.oci"), InlineData("oci", "after/"), InlineData("docker-archive", "after.tar")]
    public async Task Another_program_unpacks_the_same_files_from_both(string kind, string output)
    {
        Tool.SkipWithout("skopeo", "umoci");
        Assert.SkipUnless(Environment.UserName == "root", "umoci gives files their owners as root alone");
        await Optimize([_folder.At(output)]);

        await Tool.Run("skopeo", ["copy", "--quiet", $"docker-archive:{Before}", $"oci:{_folder.At("one")}:1"]);
        await Tool.Run("skopeo", ["copy", "--quiet", $"{kind}:{_folder.At(output).TrimEnd('/')}", $"oci:{_folder.At("two")}:1"]);
        foreach (var side in (string[])["one", "two"])
            await Tool.Run("umoci", ["unpack", "--image", $"{_folder.At(side)}:1", _folder.At($"{side}.bundle")]);

        await Tool.Run("diff", ["--recursive", "--no-dereference", _folder.At("one.bundle/rootfs"), _folder.At("two.bundle/rootfs")]);
        var before = await Listing("one");
        Assert.Contains("srv/data/kept f 644 1000 1000 3000000", before, StringComparison.Ordinal);
        Assert.Equal(before, await Listing("two"));
    }

    // Path, type, mode, owner, size, target and number of links of everything.
    async Task<string> Listing(string side)
    {
        var lines = await Tool.Run("find", [_folder.At($"{side}.bundle/rootfs"), "-printf", @"%P %y %m %U %G %s %l %n\n"]);
        // The size of a directory is its file system's business.
        return string.Join('\n', lines.Split('\n').Select(line => line.Contains(" d ", StringComparison.Ordinal) ? line[..line.LastIndexOf(' ', line.TrimEnd().LastIndexOf(' ') - 1)] : line).Order(StringComparer.Ordinal));
    }

    static async Task<string> Config() => (await Docker.Inspect(Name)).GetProperty("Config").GetRawText();

    async Task<long> Optimize(string[] words)
    {
        var run = await Command.Run("dotnet", [Path.Combine(AppContext.BaseDirectory, "plimsoll.dll"), "optimize", Before, "--format", "json", "--output", .. words]);
        using var result = JsonDocument.Parse(run.Text);
        return result.RootElement.GetProperty("reclaimedBytes").GetInt64();
    }
}
