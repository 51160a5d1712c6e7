using System.Text;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Packages.KnownBinaries;
using Plimsoll.Engine.Tests.Packages.Executables;

namespace Plimsoll.Engine.Tests.Packages;

public sealed class KnownBinaryTests
{
    static readonly byte[] ElfHead = new SmallElf(true, false) { Sections = { (".data", [0]) } }.Bytes()[..64];

    static string? In(string path, string content)
    {
        byte[] file = [.. ElfHead, .. Encoding.Latin1.GetBytes(content)];
        return new KnownBinaryReader().Read(new EvidenceFile(path, file)).Packages is [var package] ? $"{package.Type}:{package.Name}@{package.Version}" : null;
    }

    [Theory]
    [InlineData("usr/bin/python3.11", true)]
    [InlineData("usr/lib/libpython3.7m.so.1.0", true)]
    [InlineData("usr/bin/python3.11-config", false)]
    [InlineData("usr/local/bin/node", true)]
    [InlineData("usr/bin/node-gyp", false)]
    [InlineData("usr/bin/nodemon", false)]
    [InlineData("usr/bin/python3-config", false)]
    [InlineData("usr/sbin/nginxctl", false)]
    [InlineData("usr/bin/rubyish", false)]
    [InlineData("usr/lib/libnode.so.108", true)]
    [InlineData("usr/lib/libcrypto.so.1.1", true)]
    [InlineData("app/cryptography.libs/libcrypto-3dc29cf0.so.1.1", true)]
    [InlineData("usr/lib/libruby-3.1.so.3.1.7", true)]
    [InlineData("usr/sbin/php-fpm8.2", true)]
    [InlineData("usr/local/bin/redis-server", true)]
    [InlineData("usr/local/bin/redis-cli", false)]
    [InlineData("usr/local/go/bin/gofmt", false)]
    [InlineData("bin/bash", false)]
    public void A_well_known_program_is_known_by_its_name(string path, bool wanted) =>
        Assert.Equal(wanted, new KnownBinaryReader().Wants(Encoding.UTF8.GetBytes(path), ElfHead));

    [Theory]
    [InlineData("usr/local/bin/node", "#!/bin/sh\nexec /opt/node \"$@\"\n", false)]
    [InlineData("opt/java/release", "IMPLEMENTOR=\"Eclipse Adoptium\"\n", true)]
    [InlineData("opt/java/release", "JAVA_VERSION=\"1.8.0_392\"\n", true)]
    [InlineData("srv/release", "the next release is due\n", false)]
    [InlineData("usr/local/go/VERSION", "go1.22.1\ntime 2024-02-29T18:18:48Z\n", true)]
    [InlineData("srv/VERSION", "1.2.3\n", false)]
    public void Only_a_program_or_a_file_of_that_form_is_read(string path, string head, bool wanted) =>
        Assert.Equal(wanted, new KnownBinaryReader().Wants(Encoding.UTF8.GetBytes(path), Encoding.UTF8.GetBytes(head)));

    [Theory]
    [InlineData("opt/java/release", "IMPLEMENTOR=\"Eclipse Adoptium\"\nJAVA_RUNTIME_VERSION=\"17.0.9+9\"\nJAVA_VERSION=\"17.0.9\"\n", "openjdk", "17.0.9")]
    [InlineData("opt/java/release", "JAVA_VERSION=\"1.8.0_392\"\nOS_NAME=\"Linux\"\n", "openjdk", "1.8.0_392")]
    [InlineData("usr/local/go/VERSION", "go1.22.1\ntime 2024-02-29T18:18:48Z\n", "go", "1.22.1")]
    [InlineData("usr/local/go/VERSION", "go1.21rc2", "go", "1.21rc2")]
    public void A_file_of_settings_says_its_version(string path, string content, string name, string version) =>
        Assert.Equal(new InstalledPackage("generic", name, version), Assert.Single(new KnownBinaryReader().Read(new EvidenceFile(path, Encoding.UTF8.GetBytes(content))).Packages));

    // The forms of a version that none of the Debian packages below has.
    [Theory]
    [InlineData("redis-server", "\07.0.14buildkitsandbox-1702957741000000000000000000\0", "redis@7.0.14")]
    [InlineData("redis-server", "\04.0.11841ce7054bd9-1542359302000000000\0", "redis@4.0.11")]
    [InlineData("redis-server", "\07.0.51790282056000000000\0", "redis@7.0.5")]
    [InlineData("redis-server", "\07.0.151790282056000000000\0", "redis@7.0.15")]
    [InlineData("redis-server", "\07.4.1\0jemalloc-5.3.0\0atomicvar\0c11-builtin\0", "redis@7.4.1")]
    [InlineData("redis-server", "\05.3.0\0Redis %s\0", null)]
    [InlineData("openssl", "\0OpenSSL 1.1.1w  11 Sep 2023\0", "openssl@1.1.1w")]
    [InlineData("openssl", "\0OpenSSL 3.2.0-beta1 26 Oct 2023\0", "openssl@3.2.0-beta1")]
    [InlineData("postgres", "\0PostgreSQL 9.6.24 on x86_64-pc-linux-gnu, compiled by gcc\0", "postgresql@9.6.24")]
    [InlineData("postgres", "\0PostgreSQL 17rc1 on aarch64-unknown-linux-gnu, compiled by gcc\0", "postgresql@17rc1")]
    [InlineData("python3.13", "\03.40.1\0\03.13.0rc2\0", "python@3.13.0rc2")]
    [InlineData("python3", "\03.40.1\0.cpython-312-x86_64-linux-gnu.so\03.12.7\0", "python@3.12.7")]
    [InlineData("python", "\03.40.1\0cpython-39\03.9.20+\0", "python@3.9.20")]
    [InlineData("python3", "\03.40.1\0cpython-3.12\03.12.7\0", null)]
    [InlineData("libjvm.so", "\0OpenJDK 64-Bit Server VM (25.392-b08) for linux-amd64 JRE (1.8.0_392-b08), built on\0", "openjdk@1.8.0_392")]
    [InlineData("ruby", "\0ruby 3.4.0preview2 (2024-10-07 revision 32c733f57b) +PRISM [x86_64-linux]\0", "ruby@3.4.0preview2")]
    [InlineData("nginx", "\0nginx version: openresty/1.21.4.1\n\0", null)]
    [InlineData("httpd", "\0Apache/2.4.58 (Unix)\0", "httpd@2.4.58")]
    [InlineData("haproxy", "\0 version 3.1-dev7-a1b2c3d, released 2024/09/05\0", "haproxy@3.1-dev7")]
    [InlineData("node", "\0v18.20.4\0", null)]
    [InlineData("python3", "\03.11.2\0", null)]
    [InlineData("busybox", "BusyBox v%s, not BusyBox v1.36.1", "busybox@1.36.1")]
    public void A_version_is_told_from_what_looks_like_one(string file, string content, string? expected) =>
        Assert.Equal(expected is null ? null : $"generic:{expected}", In($"usr/bin/{file}", content));

    [Fact]
    public void A_file_that_is_full_of_the_literal_ends_quickly() =>
        Assert.Null(In("usr/bin/busybox", string.Concat(Enumerable.Repeat("BusyBox vBusyBox v", 1 << 19))));

    [Theory]
    [InlineData("libpython", "python", "python3.11-minimal,python3.13-minimal", "python3.*")]
    [InlineData("library", "python", "libpython3.11,libpython3.13", "libpython3.*.so.1.0")]
    [InlineData("", "node", "libnode108,libnode115", "libnode.so.*")]
    [InlineData("", "nginx", "nginx", "nginx")]
    [InlineData("", "redis", "redis-tools", "redis-check-rdb")]
    [InlineData("", "postgresql", "postgresql-15,postgresql-17", "postgres")]
    [InlineData("", "openssl", "openssl", "openssl")]
    [InlineData("library", "openssl", "libssl3,libssl3t64", "libcrypto.so.3")]
    [InlineData("", "busybox", "busybox", "busybox")]
    [InlineData("static", "busybox", "busybox-static", "busybox")]
    [InlineData("", "php", "php8.2-cli,php8.4-cli", "php8.*")]
    [InlineData("fpm", "php", "php8.2-fpm,php8.4-fpm", "php-fpm8.*")]
    [InlineData("", "ruby", "libruby3.1,libruby3.3", "libruby-3.*.so.*")]
    [InlineData("", "openjdk", "openjdk-17-jre-headless,openjdk-21-jre-headless", "libjvm.so")]
    [InlineData("release", "openjdk", "openjdk-17-jre-headless,openjdk-21-jre-headless", "release")]
    [InlineData("", "go", "golang-1.19-go,golang-1.24-go", "go")]
    [InlineData("file", "go", "golang-1.19-go,golang-1.24-go", "VERSION")]
    [InlineData("", "haproxy", "haproxy", "haproxy")]
    [InlineData("", "memcached", "memcached", "memcached")]
    [InlineData("", "httpd", "apache2-bin", "apache2")]
    [Trait("Category", "Slow")]
    public async Task A_debian_program_has_the_upstream_version_of_its_package(string form, string name, string packages, string file)
    {
        var (folder, version) = await DebianPackages.FirstOf(packages.Split(','));
        // The largest: others of that name are manual pages and settings.
        var path = Directory.GetFiles(folder, file, SearchOption.AllDirectories).Where(found => new FileInfo(found).LinkTarget is null).MaxBy(found => new FileInfo(found).Length)!;
        var reader = new KnownBinaryReader();
        var content = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Assert.True(reader.Wants(Encoding.UTF8.GetBytes(path), content.AsSpan(0, Math.Min(IPackageReader.HeadBytes, content.Length))), $"{form} {path} is not wanted");
        Assert.Equal(new InstalledPackage("generic", name, version), Assert.Single(reader.Read(new EvidenceFile(path, content)).Packages));
        // In a python whose file is just called so, the content says the series.
        if (name == "python")
            Assert.Equal(new InstalledPackage("generic", name, version), Assert.Single(reader.Read(new EvidenceFile("opt/bin/python3", content)).Packages));
    }
}
