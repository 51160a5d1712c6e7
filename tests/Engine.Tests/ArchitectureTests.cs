using System.Text.RegularExpressions;
using System.Xml.Linq;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests;

/// <summary>What <c>docs/architecture.md</c> promises, held against the tree.</summary>
public sealed partial class ArchitectureTests
{
    const int MaxLines = 250;

    /// <summary>Each project of the product, and the projects that it may name.</summary>
    static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Engine"] = [],
        ["Store"] = ["Engine"],
        ["Client"] = ["Engine"],
        ["Api"] = ["Store", "Client"],
        ["Worker"] = ["Store"],
        ["Operator"] = ["Client"],
        ["Cli"] = ["Client", "Engine"],
    };

    static readonly string[] EnginePackages = ["NuGet.Versioning", "Polly.Core", "System.IO.Hashing", "YamlDotNet", "ZstdSharp.Port"];

    public static TheoryData<string> Projects =>
        [.. new[] { "src", "tests", "perf", "eng" }.SelectMany(folder => Sources(folder, "*.csproj"))];

    [Fact]
    public void Each_folder_that_the_page_names_exists()
    {
        Assert.NotEmpty(NamedFolders());
        Assert.All(NamedFolders(), folder => Assert.True(Directory.Exists(Repository.At(folder)), $"there is no {folder}"));
    }

    [Fact]
    public void Each_folder_of_the_product_is_on_the_page() => Assert.All(
        Sources("src", "*.cs").Select(file => Path.GetDirectoryName(file) + "/").Distinct(), folder => Assert.Contains(folder, NamedFolders()));

    [Theory, MemberData(nameof(Projects))]
    public void A_project_refers_only_to_those_that_it_may(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var referred = Items(project, "ProjectReference").Select(path => Path.GetFullPath(path, Path.GetDirectoryName(Repository.At(project))!)).ToList();

        Assert.All(referred, path => Assert.True(File.Exists(path), $"{name} refers to {path}, which does not exist"));
        if (project.StartsWith("src/", StringComparison.Ordinal))
            Assert.All(referred.Select(path => Path.GetFileNameWithoutExtension(path)!), other => Assert.Contains(other, Allowed[name]));
        else
            Assert.All(referred, path => Assert.StartsWith(Repository.At("src") + "/", path, StringComparison.Ordinal));
    }

    [Fact]
    public void The_engine_takes_no_other_packages()
    {
        var packages = XDocument.Load(Repository.At("src/Engine/Engine.csproj")).Descendants("PackageReference")
            .Where(item => (string?)item.Attribute("PrivateAssets") is not "all").Select(item => (string)item.Attribute("Include")!);

        Assert.All(packages, package => Assert.Contains(package, EnginePackages));
    }

    [Fact]
    public void Each_project_is_in_the_solution()
    {
        var solution = Read("Platform.sln").Replace('\\', '/');

        Assert.All(Projects, project => Assert.Contains($"\"{project.Data}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void No_source_file_is_long() => Assert.All(Sources("src", "*.cs").Where(file => !file.StartsWith("src/Store/Migrations/", StringComparison.Ordinal)), file =>
        Assert.True(File.ReadLines(Repository.At(file)).Count() <= MaxLines, $"{file} has more than {MaxLines} lines: it holds two things"));

    [Fact]
    public void Each_decision_is_in_the_index_and_numbered_once()
    {
        var index = Read("docs/adr/README.md");
        var pages = Sources("docs/adr", "*.md").Select(file => Path.GetFileName(file)!).Where(name => name != "README.md").ToList();

        Assert.All(pages, page => Assert.Matches("^[0-9]{4}-[a-z0-9-]+\\.md$", page));
        Assert.Equal(pages.Count, pages.Select(page => page[..4]).Distinct().Count());
        Assert.All(pages, page => Assert.Contains($"[{page[..4]}]({page})", index, StringComparison.Ordinal));
    }

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        var documents = Sources("docs", "*.md").Concat(["README.md", "CONTRIBUTING.md"]);
        var links = documents.SelectMany(document => Link().Matches(Read(document)), (document, link) => (Document: document, Target: link.Groups[1].Value));

        Assert.All(links, link => Assert.True(
            Path.Exists(Path.GetFullPath(link.Target, Path.GetDirectoryName(Repository.At(link.Document))!)), $"{link.Document} links to {link.Target}"));
    }

    [Fact]
    public void The_tests_install_each_program_that_they_are_skipped_without()
    {
        var installed = Read("eng/test");
        var needed = Sources("tests", "*.cs").SelectMany(file => Skip().Matches(Read(file))).SelectMany(skip => Word().Matches(skip.Value)).Select(word => word.Groups[1].Value).Distinct();

        Assert.All(needed, program => Assert.Matches($"(?m)^{Regex.Escape(program)} ", installed));
    }

    static List<string> NamedFolders() => [.. FolderName().Matches(Read("docs/architecture.md")).Select(match => match.Groups[1].Value).Distinct()];

    static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Load(Repository.At(project)).Descendants(kind).Select(item => ((string)item.Attribute("Include")!).Replace('\\', '/'));

    /// <summary>Files of the tree, relative to its root, without what a build made.</summary>
    static IEnumerable<string> Sources(string folder, string pattern) => !Directory.Exists(Repository.At(folder)) ? []
        : Directory.EnumerateFiles(Repository.At(folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj"));

    static string Read(string file)
    {
        using var reader = new StreamReader(Repository.At(file));
        return reader.ReadToEnd();
    }

    [GeneratedRegex("`([A-Za-z.][^`\\s]*/)`")]
    private static partial Regex FolderName();

    [GeneratedRegex(@"\]\((?!https?:)([^)#\s]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"SkipWithout\(""[^)]*\)")]
    private static partial Regex Skip();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Word();
}
