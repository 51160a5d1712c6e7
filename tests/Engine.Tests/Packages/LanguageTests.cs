using System.Text;
using System.Text.Json;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Packages.DotNet;
using Plimsoll.Engine.Packages.Node;
using Plimsoll.Engine.Packages.Php;
using Plimsoll.Engine.Packages.Python;
using Plimsoll.Engine.Packages.Ruby;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Packages;

public sealed class LanguageTests
{
    static PackageEvidence Read(IPackageReader reader, string path, string text) => reader.Read(new EvidenceFile(path, Encoding.UTF8.GetBytes(text)));

    static bool Wants(IPackageReader reader, string path) => reader.Wants(Encoding.UTF8.GetBytes(path), "{"u8);

    // Every file below the folder that the reader wants, as an image would have it.
    static List<InstalledPackage> In(IPackageReader reader, string folder) =>
    [
        .. from file in Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
           let path = Path.GetRelativePath(folder, file)
           where Wants(reader, path)
           from package in reader.Read(new EvidenceFile(path, File.ReadAllBytes(file))).Packages
           select package,
    ];

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_node_application_has_the_packages_that_npm_lists()
    {
        Tool.SkipWithout("npm");
        var folder = Repository.At(".cache/npm/application");
        if (!Directory.Exists(Path.Combine(folder, "srv/node_modules")))
        {
            Directory.CreateDirectory(Path.Combine(folder, "srv"));
            await File.WriteAllTextAsync(Path.Combine(folder, "srv/package.json"), "{\"name\":\"shop\",\"version\":\"1.0.0\"}", TestContext.Current.CancellationToken);
            await Tool.Run("npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefix", Path.Combine(folder, "srv"), "express@4", "webpack@5", "@babel/core@7", "eslint@8"]);
        }
        using var tree = JsonDocument.Parse(await Tool.Run("npm", ["ls", "--all", "--json", "--prefix", Path.Combine(folder, "srv")]));
        var truth = new SortedSet<string>(StringComparer.Ordinal) { "shop@1.0.0" };
        Collect(tree.RootElement, truth);
        Assert.True(truth.Count > 150, "the truth is too small to be one");
        Assert.Equal(truth, In(new NodeReader(), folder).Select(package => $"{package.Name}@{package.Version}").Distinct().Order(StringComparer.Ordinal));
    }

    static void Collect(JsonElement node, SortedSet<string> found)
    {
        if (node.TryGetProperty("dependencies", out var dependencies))
            foreach (var dependency in dependencies.EnumerateObject())
            {
                // One that is optional and was not installed has no version.
                if (dependency.Value.TryGetProperty("version", out var version))
                    found.Add($"{dependency.Name}@{version.GetString()}");
                Collect(dependency.Value, found);
            }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_published_dotnet_application_has_the_packages_that_dotnet_lists()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Directory.Build.props", "<Project/>");
        folder.Write("Directory.Packages.props", "<Project/>");
        folder.Write("app/app.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup><PackageReference Include=\"YamlDotNet\" Version=\"18.1.0\" /><PackageReference Include=\"Polly.Core\" Version=\"8.9.1\" /><PackageReference Include=\"Spectre.Console\" Version=\"0.57.2\" /></ItemGroup></Project>");
        folder.Write("app/Program.cs", "System.Console.WriteLine();");
        await Tool.Run("dotnet", ["publish", folder.At("app"), "-c", "Release", "-o", folder.At("out"), "--nologo", "-v", "quiet"]);
        using var answer = JsonDocument.Parse(await Tool.Run("dotnet", ["list", folder.At("app"), "package", "--include-transitive", "--format", "json"]));
        var framework = answer.RootElement.GetProperty("projects")[0].GetProperty("frameworks")[0];
        var truth = new[] { "topLevelPackages", "transitivePackages" }.SelectMany(list => framework.TryGetProperty(list, out var packages) ? packages.EnumerateArray().ToList() : [])
            .Select(package => $"{package.GetProperty("id").GetString()} {package.GetProperty("resolvedVersion").GetString()}").Order(StringComparer.Ordinal).ToList();
        Assert.Contains("YamlDotNet 18.1.0", truth);
        Assert.Equal(truth, In(new DotNetReader(), folder.At("out")).Select(package => $"{package.Name} {package.Version}").Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Debians_python_packages_are_those_that_python_sees()
    {
        Tool.SkipWithout("python3");
        var truth = new List<string>();
        var found = new List<string>();
        foreach (var package in (string[])["python3-requests", "python3-yaml", "python3-django", "python3-six", "python3-setuptools", "python3-cryptography", "python3-docutils", "python3-babel"])
        {
            var folder = await DebianPackages.Files(package);
            var answer = await Tool.Run("python3", ["-c", "import importlib.metadata as m, sys\nfor d in m.distributions(path=[sys.argv[1]]): print(d.metadata['Name'], d.version)", Path.Combine(folder, "usr/lib/python3/dist-packages")]);
            truth.AddRange(answer.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            found.AddRange(In(new PythonReader(), folder).Select(one => $"{one.Name} {one.Version}"));
        }
        Assert.True(truth.Count >= 8, "the truth is too small to be one");
        Assert.Equal(truth.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Debians_gems_are_those_that_ruby_reads_out_of_the_same_files()
    {
        Tool.SkipWithout("ruby");
        var (truth, found) = (new List<string>(), new List<string>());
        foreach (var package in (string[])["ruby-rack", "ruby-nokogiri", "ruby-sinatra", "ruby-json", "rake", "ruby-concurrent"])
        {
            var folder = await DebianPackages.Files(package);
            foreach (var file in Directory.EnumerateFiles(folder, "*.gemspec", SearchOption.AllDirectories).Where(file => Wants(new RubyReader(), Path.GetRelativePath(folder, file))))
            {
                truth.Add((await Tool.Run("ruby", ["-rrubygems", "-e", "s = Gem::Specification.load(ARGV[0]); puts \"#{s.name} #{s.version} #{s.licenses.join(',')}\"", file])).Trim());
                var gem = Assert.Single(new RubyReader().Read(new EvidenceFile("x", await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken))).Packages);
                found.Add($"{gem.Name} {gem.Version} {string.Join(',', gem.Licences)}".Trim());
            }
        }
        Assert.True(truth.Count >= 5, "the truth is too small to be one");
        Assert.Equal(truth, found);
    }

    [Theory]
    [InlineData("app/node_modules/express/package.json", true)]
    [InlineData("app/node_modules/@babel/core/package.json", true)]
    [InlineData("app/node_modules/.pnpm/express@4.0.0/node_modules/express/package.json", true)]
    [InlineData("usr/lib/node_modules/npm/node_modules/ini/package.json", true)]
    [InlineData("usr/share/nodejs/semver/package.json", true)]
    [InlineData("app/package.json", true)]
    [InlineData("package.json", true)]
    [InlineData("app/node_modules/resolve/test/package.json", false)]
    [InlineData("app/node_modules/@babel/core/lib/package.json", false)]
    [InlineData("app/node_modules/.package-lock.json", false)]
    [InlineData("usr/share/doc/x/package.json", false)]
    [InlineData("a/b/c/d/e/package.json", false)]
    public void A_manifest_counts_at_the_root_of_a_package(string path, bool wanted) => Assert.Equal(wanted, Wants(new NodeReader(), path));

    [Theory]
    [InlineData("{\"name\":\"a\",\"version\":\"1.0.0\",\"license\":\"MIT\"}", "a 1.0.0 MIT")]
    [InlineData("{\"name\":\"a\",\"version\":\"v1.0.0\",\"license\":{\"type\":\"ISC\"}}", "a 1.0.0 ISC")]
    [InlineData("\ufeff{\"name\":\"@s/a\",\"version\":\"1.0.0\",\"licenses\":[{\"type\":\"MIT\"},{\"type\":\"Apache-2.0\"}]}", "@s/a 1.0.0 MIT,Apache-2.0")]
    [InlineData("{\"name\":\"a\"}", null), InlineData("{\"name\":1,\"version\":2}", null), InlineData("{}", null), InlineData("{\"name\":\"a b\",\"version\":\"1\"}", null)]
    public void A_manifest_names_its_package_and_licences(string manifest, string? expected)
    {
        var package = Read(new NodeReader(), "node_modules/a/package.json", manifest).Packages.SingleOrDefault();
        Assert.Equal(expected, package is null ? null : $"{package.Name} {package.Version} {string.Join(',', package.Licences)}");
    }

    [Theory]
    [InlineData("Metadata-Version: 2.4\nName: Foo_Bar\nVersion: 1.0\nLicense-Expression: MIT OR Apache-2.0\nLicense: text\n\nName: body\n", "MIT OR Apache-2.0")]
    [InlineData("Name: Foo_Bar\nVersion: 1.0\nLicense: UNKNOWN\nClassifier: License :: OSI Approved :: BSD License\nClassifier: Topic :: X\n", "BSD License")]
    [InlineData("Name: Foo_Bar\r\nVersion: 1.0\r\n\r\n", "")]
    public void A_distribution_names_itself_in_its_headers(string metadata, string licences)
    {
        var package = Assert.Single(Read(new PythonReader(), "x.dist-info/METADATA", metadata).Packages);
        Assert.Equal(("Foo_Bar", "1.0", licences, "pkg:pypi/foo-bar@1.0"), (package.Name, package.Version, string.Join(',', package.Licences), PackageUrl.Of(package, null)));
    }

    [Fact]
    public void Composer_has_a_list_or_since_its_second_version_an_object()
    {
        const string Package = "{\"name\":\"symfony/console\",\"version\":\"v6.4.1\",\"license\":[\"MIT\"]}";
        foreach (var json in (string[])[$"[{Package}]", $"{{\"packages\":[{Package},{{\"name\":\"broken\"}}],\"dev\":false}}"])
            Assert.Equal("pkg:composer/symfony/console@v6.4.1", PackageUrl.Of(Assert.Single(Read(new ComposerReader(), "app/vendor/composer/installed.json", json).Packages), null));
    }

    [Fact]
    public void Libraries_without_assets_and_projects_are_not_in_a_dotnet_application()
    {
        const string Deps = """
            {"runtimeTarget":{"name":".NETCoreApp,Version=v10.0/linux-x64"},"targets":{".NETCoreApp,Version=v10.0":{},".NETCoreApp,Version=v10.0/linux-x64":{
            "app/1.0.0":{"runtime":{"app.dll":{}}},"A/1.2.3":{"runtime":{"lib/A.dll":{}}},"B/2.0.0":{},"N/3.0.0":{"native":{"n.so":{}}},"runtimepack.R/10.0.0":{"runtime":{"R.dll":{}}}}},
            "libraries":{"app/1.0.0":{"type":"project"},"A/1.2.3":{"type":"package"},"B/2.0.0":{"type":"package"},"N/3.0.0":{"type":"package"},"runtimepack.R/10.0.0":{"type":"runtimepack"}}}
            """;
        Assert.Equal(["A 1.2.3", "N 3.0.0", "R 10.0.0"], Read(new DotNetReader(), "app/app.deps.json", Deps).Packages.Select(package => $"{package.Name} {package.Version}"));
    }

    [Fact]
    public void A_file_that_is_too_large_or_too_deep_for_its_kind_is_refused()
    {
        Assert.Contains("too many", Assert.Throws<MalformedFileException>(() => Read(new NodeReader(), "node_modules/a/package.json", new string(' ', 5 << 20))).Message);
        Assert.ThrowsAny<JsonException>(() => Read(new NodeReader(), "node_modules/a/package.json", string.Concat(Enumerable.Repeat("{\"a\":", 10_000))));
    }

    [Theory]
    [InlineData("{\"\\ud800\":1}"), InlineData("{\"n\\udc00\":{\"\\ud800\":1}}"), InlineData("{\"name\":\"\\ud800\",\"version\":\"1\"}")]
    [InlineData("{\"packages\":[{\"\\ud800\":1}],\"targets\":{\"\\ud800\":{\"\\ud800\":{}}},\"runtimeTarget\":\"\\ud800\",\"libraries\":{\"\\ud800\":{}}}")]
    public void Half_a_surrogate_pair_is_valid_json_and_names_nothing(string json)
    {
        foreach (var reader in (IPackageReader[])[new NodeReader(), new DotNetReader(), new ComposerReader()])
            Assert.Empty(Read(reader, "x", json).Packages);
        Assert.False(Engine.Secrets.Encoded.IsJsonWebToken(System.Text.RegularExpressions.Regex.Match($"{System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json))}.e30.x", ".+")));
    }

    [Fact]
    public void A_list_of_three_million_non_packages_costs_no_memory_and_one_note()
    {
        var file = new EvidenceFile("vendor/composer/installed.json", Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat("1", 3_000_000)) + "]"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("3,000,000 packages", Assert.Single(new ComposerReader().Read(file).Notes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void The_history_of_a_file_with_many_packages_is_told_in_time_that_grows_with_their_number()
    {
        var packages = string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"{{\"name\":\"a/{i}\",\"version\":\"1\"}}"));
        var layer = new TestLayer().File("vendor/composer/installed.json", $"[{packages}]").Index();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(50_000, PackageHistory.Of([layer], Engine.Files.FileTree.Of([layer], Engine.Archives.Limits.Default), null).Count);
        // It is a fraction of a second; a look through all of them for each takes a quarter of a minute.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(8));
    }

    [Fact]
    public void Damaged_evidence_ends_with_a_reason_and_soon()
    {
        Damage.Try("{\"name\":\"a\",\"version\":\"1.0.0\",\"license\":{\"type\":\"MIT\"},\"licenses\":[{\"type\":\"\\ud83d\\ude00\"}],\"x\":[1,2,{\"y\":null}]}"u8.ToArray(), 5000, bytes => new NodeReader().Read(new EvidenceFile("node_modules/a/package.json", bytes)));
        Damage.Try("Name: a\nVersion: 1\nLicense: MIT\nClassifier: License :: OSI Approved :: MIT License\n\nText of the description, which is long enough.\n"u8.ToArray(), 5000, bytes => new PythonReader().Read(new EvidenceFile("a.dist-info/METADATA", bytes)));
        Damage.Try("Gem::Specification.new do |s|\n  s.name = \"rack\".freeze\n  s.version = \"2.2.6\"\n  s.licenses = [\"MIT\".freeze]\nend\n# and some more text that fills the file\n"u8.ToArray(), 5000, bytes => new RubyReader().Read(new EvidenceFile("specifications/a.gemspec", bytes)));
        Damage.Try("{\"runtimeTarget\":{\"name\":\"t\"},\"targets\":{\"t\":{\"A/1\":{\"runtime\":{\"A.dll\":{}}}}},\"libraries\":{\"A/1\":{\"type\":\"package\"}}}"u8.ToArray(), 5000, bytes => new DotNetReader().Read(new EvidenceFile("a.deps.json", bytes)));
        Damage.Try("{\"packages\":[{\"name\":\"a/b\",\"version\":\"1\",\"license\":[\"MIT\"]},{\"name\":\"c/d\",\"version\":\"2\",\"license\":\"MIT\"}]}"u8.ToArray(), 5000, bytes => new ComposerReader().Read(new EvidenceFile("composer/installed.json", bytes)));
    }

    [Fact]
    public void Every_ecosystem_has_a_page_and_a_line_in_the_index()
    {
        var index = File.ReadAllText(Repository.At("docs/packages/README.md"));
        var ecosystems = Directory.GetDirectories(Repository.At("src/Engine/Packages")).Select(folder => Path.GetFileName(folder)!).Where(name => name != "Executables").ToList();
        Assert.True(ecosystems.Count >= 12);
        foreach (var name in ecosystems.Select(name => name == "KnownBinaries" ? "known-binaries" : name.ToLowerInvariant()))
        {
            Assert.True(File.Exists(Repository.At($"docs/packages/{name}.md")), $"docs/packages/{name}.md is missing");
            Assert.Contains($"({name}.md)", index, StringComparison.Ordinal);
        }
    }
}
