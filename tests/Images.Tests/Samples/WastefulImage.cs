using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Images.Tests.Samples;

/// <summary>An image with what teams do to theirs, built by an engine.</summary>
internal sealed class WastefulImage(string name) : IAsyncDisposable
{
    // What each layer wastes: a file that is deleted, one that only changes hands, one that is replaced, a folder of links and files that goes.
    const string Instructions = """
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

    public string Name => name;

    /// <summary>What <c>docker save</c> wrote of it.</summary>
    public string Archive => At("before.tar");

    public string Dockerfile => At("context/Dockerfile");

    /// <summary>Another file beside them.</summary>
    public string At(string file) => _folder.At(file);

    /// <summary>Skips the test where there is no engine, or no shell to put into the image.</summary>
    public async Task Build(bool withBuildKit)
    {
        await Docker.SkipWithout();
        Tool.SkipWithout("busybox");
        Directory.CreateDirectory(At("context"));
        File.Copy(Tool.PathOf("busybox")!, At("context/busybox"));
        _folder.Write("context/os-release", "ID=debian\nVERSION_ID=12\n");
        _folder.Write("context/app.sh", "#!/bin/sh\necho $GREETING $(id -u) $(cat data/linked lib/libx.so lib64/libx.so) $(sha256sum data/kept) $(stat -c %u:%a data/kept)\n");
        _folder.Write("context/Dockerfile", Instructions);
        _ = (await Command.Run(Docker.Program, ["build", "--quiet", "--tag", name, At("context")], ("DOCKER_BUILDKIT", withBuildKit ? "1" : "0"))).Text;
        _ = (await Docker.Run("save", "--output", Archive, name)).Text;
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        if (await Docker.Missing() is null)
            await Docker.Run("image", "rm", "--force", name);
    }
}
