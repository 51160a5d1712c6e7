using System.Text;
using Plimsoll.Engine.Tests.Packages.Executables;
using Plimsoll.Engine.Tests.Packages.Java;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Engine.Tests.Secrets;

namespace Plimsoll.Engine.Tests.Packages;

/// <summary>A small file of evidence for every package reader and for the secret scanner.</summary>
internal static class EvidenceSamples
{
    const string Modules = "path\texample.com/app\nmod\texample.com/app\tv1.2.3\th1:x=\ndep\texample.com/lib\tv0.1.0\th1:y=\n";

    /// <summary>Contents by path, and what each is reported with: a purl of a package or the rule of a secret; null for what belongs to other files.</summary>
    public static IReadOnlyDictionary<string, (byte[] Content, string? Reported)> Files { get; } = new Dictionary<string, (byte[], string?)>
    {
        ["var/lib/dpkg/status"] = (Text("Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nVersion: 2.36-9\nSource: glibc (2.36)\n\nPackage: zlib1g\nStatus: install ok installed\nVersion: 1:1.2.13\n"), "pkg:deb/debian/libc6@2.36-9?arch=amd64"),
        ["var/lib/dpkg/info/libc6:amd64.list"] = (Text("/.\n/lib\n/lib/libc.so.6\n/opt/owned/node_modules/left/package.json\n"), null),
        ["usr/share/doc/libc6/copyright"] = (Text("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: *\nLicense: LGPL-2.1+\n"), null),
        ["var/lib/dpkg/status.d/base"] = (Text("Package: base-files\nVersion: 12.4\nArchitecture: amd64\n"), "pkg:deb/debian/base-files@12.4?arch=amd64"),
        ["var/lib/dpkg/status.d/base.md5sums"] = (Text("0123456789abcdef0123456789abcdef  etc/issue\n"), null),
        ["lib/apk/db/installed"] = (Text("P:musl\nV:1.2.5-r0\nA:x86_64\nL:MIT\no:musl\nF:lib\nR:ld-musl-x86_64.so.1\n\n"), "pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64"),
        ["var/lib/rpm/Packages"] = (SmallRpm.Berkeley("berkeley"), "pkg:rpm/redhat/berkeley@1.2-3.el9?arch=noarch&upstream=berkeley-1.2-3.el9.src.rpm"),
        ["usr/lib/sysimage/rpm/Packages.db"] = (SmallRpm.Ndb("ndb"), "pkg:rpm/redhat/ndb@1.2-3.el9?arch=noarch&upstream=ndb-1.2-3.el9.src.rpm"),
        ["var/lib/rpm/rpmdb.sqlite"] = (SmallRpm.Sqlite("sqlite"), "pkg:rpm/redhat/sqlite@1.2-3.el9?arch=noarch&upstream=sqlite-1.2-3.el9.src.rpm"),
        ["var/lib/rpmmanifest/container-manifest-2"] = (Text("filesystem\t1.1-9.cm2\t1711\t1709\tMicrosoft\t(none)\t1234\tx86_64\t0\tfilesystem-1.1-9.cm2.src.rpm\n"), "pkg:rpm/redhat/filesystem@1.1-9.cm2?arch=x86_64&upstream=filesystem-1.1-9.cm2.src.rpm"),
        ["usr/local/bin/app"] = (Elf((".go.buildinfo", GoTests.Inline("go1.22.1", Modules))), "pkg:golang/example.com/app@v1.2.3"),
        ["usr/local/bin/old"] = (OldGoProgram.Elf("go1.16.4", Modules.Replace("app", "old", StringComparison.Ordinal), 8, false), "pkg:golang/example.com/old@v1.2.3"),
        ["usr/local/bin/rust"] = (Elf((".dep-v0", RustTests.Zlib("""{"packages":[{"name":"ring","version":"0.17.8","source":"crates.io"},{"name":"demo","version":"0.1.0","root":true}]}"""u8.ToArray()))), "pkg:cargo/ring@0.17.8"),
        ["bin/busybox"] = (Elf((".rodata", Text("\0BusyBox v1.36.1 (2024)\0"))), "pkg:generic/busybox@1.36.1"),
        ["opt/java/release"] = (Text("JAVA_VERSION=\"17.0.9\"\n"), "pkg:generic/openjdk@17.0.9"),
        ["srv/node_modules/@shop/cart/package.json"] = (Text("""{"name":"@shop/cart","version":"1.0.0","license":"MIT"}"""), "pkg:npm/%40shop/cart@1.0.0"),
        ["usr/lib/python3/dist-packages/six.dist-info/METADATA"] = (Text("Metadata-Version: 2.1\nName: six\nVersion: 1.16.0\nLicense: MIT\n\nText.\n"), "pkg:pypi/six@1.16.0"),
        ["srv/Shop.deps.json"] = (Text("""{"runtimeTarget":{"name":"t"},"targets":{"t":{"A/1.2.3":{"runtime":{"A.dll":{}}}}},"libraries":{"A/1.2.3":{"type":"package"}}}"""), "pkg:nuget/A@1.2.3"),
        ["usr/lib/ruby/gems/3.1.0/specifications/rack-2.2.6.gemspec"] = (Text("Gem::Specification.new do |s|\n  s.name = \"rack\".freeze\n  s.version = \"2.2.6\"\n  s.licenses = [\"MIT\".freeze]\nend\n"), "pkg:gem/rack@2.2.6"),
        ["srv/vendor/composer/installed.json"] = (Text("""{"packages":[{"name":"symfony/console","version":"v6.4.1","license":["MIT"]}]}"""), "pkg:composer/symfony/console@v6.4.1"),
        ["srv/app.jar"] = (Zips.Of(Zips.Properties("org.example", "app", "1.0"), ("BOOT-INF/lib/inner.jar", Zips.Of(Zips.Properties("org.example", "inner", "2.0"), ("lib/innermost.jar", Zips.Jar("org.example", "innermost", "3.0"))))), "pkg:maven/org.example/innermost@3.0"),
        ["srv/.env"] = (Text(new Bodies(7).Fill("PORT=80\nGITHUB_TOKEN=ghp_{A36}\n")), "github-token"),
        ["root/.ssh/id_rsa"] = (Text(new Bodies(8).Fill("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA{b48}\n{k20}\n{b40}\n-----END RSA PRIVATE KEY-----\n")), "private-key"),
    };

    public static TestLayer Layer(Func<string, byte[], byte[]> change) =>
        Files.Aggregate(new TestLayer(), (layer, file) => layer.File(file.Key, change(file.Key, file.Value.Content)));

    public static TestLayer Layer() => Layer((_, content) => content);

    static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    static byte[] Elf((string, byte[]) section) => new SmallElf(is64: true, bigEndian: false) { Sections = { section } }.Bytes();
}
