using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Packages.Java;

namespace Plimsoll.Engine.Tests.Packages.Java;

[Trait("Category", "Slow")]
public sealed class JavaComparisonTests(ITestOutputHelper output)
{
    /// <summary>An application's image has jars under their Maven names; Debian renames some, and drops the version from others.</summary>
    [Theory]
    [InlineData(true, 0.9, 0.8)]
    [InlineData(false, 0.75, 0.5)]
    public async Task Jars_have_the_coordinates_under_which_Debian_keeps_them(bool mavenNames, double ofAll, double ofGuessed)
    {
        int jars = 0, named = 0;
        var (all, guessed, butForGroup) = (new Share(), new Share(), new Share());
        foreach (var (jar, truth) in Truth(await JavaSamples.Debian()).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var inside = PomsOf(jar).ToList();
            // Where it is must not tell what it is.
            var path = $"app/lib/{(mavenNames ? Path.GetFileName(truth.First().File) : Path.GetFileName(jar))}";
            var evidence = new JavaReader().Read(new EvidenceFile(path, await File.ReadAllBytesAsync(jar, TestContext.Current.CancellationToken)));
            var names = truth.Select(t => t.Coordinates).ToHashSet();
            foreach (var package in evidence.Packages.Select(p => new Coordinates(p.Name.Split(':')[0], p.Name.Split(':')[1], p.Version)))
            {
                all.Add(names.Contains(package) || inside.Contains(package));
                if (inside.Contains(package))
                    continue;
                guessed.Add(names.Contains(package));
                butForGroup.Add(names.Any(name => name with { Group = package.Group } == package));
            }
            jars++;
            if (evidence.Packages.Any(package => names.Any(name => (name.ToString(), name.Version) == (package.Name, package.Version))))
                named++;
            else
                output.WriteLine($"{path[8..]}: {string.Join(", ", evidence.Packages.Select(p => $"{p.Name}:{p.Version}"))} is {string.Join(" or ", names.Select(n => $"{n}:{n.Version}"))} {string.Join(";", evidence.Notes)}");
        }
        output.WriteLine($"{jars} jars, {named} named as Debian names them; of the packages reported {all} are right; of those not written in the jar {guessed}, {butForGroup} but for the group");
        Assert.True(jars > 200, "there is too little to compare with");
        Assert.True(all.Of1 >= ofAll, $"{all} are right");
        Assert.True(guessed.Of1 >= ofGuessed, $"{guessed} are right");
    }

    [Fact]
    public async Task The_manifest_tells_what_the_coordinates_inside_say()
    {
        var (exact, artifact) = (new Share(), new Share());
        foreach (var jar in Directory.EnumerateFiles(await JavaSamples.Debian(), "*.jar", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(await JavaSamples.Npm("allure-commandline"), "*.jar", SearchOption.AllDirectories)))
            if (new FileInfo(jar).LinkTarget is null && PomsOf(jar).ToList() is [var truth])
            {
                var identity = JarIdentity.Of($"{truth.Artifact}-{truth.Version}.jar", ManifestOf(jar), JarContents.Of(new ZipArea(new EvidenceFile("", await File.ReadAllBytesAsync(jar, TestContext.Current.CancellationToken))), new JarBudget(0)).Package);
                exact.Add(identity == truth);
                artifact.Add(identity is not null && identity with { Group = truth.Group } == truth);
                if (identity != truth)
                    output.WriteLine($"{identity} {identity?.Version} is {truth} {truth.Version}");
            }
        output.WriteLine($"by manifest and name {exact} are right, {artifact} but for the group");
        Assert.True(exact.Of1 >= 0.7, $"{exact} are right");
    }

    static Manifest ManifestOf(string jar)
    {
        using var archive = System.IO.Compression.ZipFile.OpenRead(jar);
        using var content = new MemoryStream();
        using var stream = archive.GetEntry("META-INF/MANIFEST.MF")?.Open();
        stream?.CopyTo(content);
        return new Manifest(content.ToArray());
    }

    sealed class Share
    {
        int _right, _all;

        public double Of1 => _all == 0 ? 0 : (double)_right / _all;

        public void Add(bool right)
        {
            _right += right ? 1 : 0;
            _all++;
        }

        public override string ToString() => $"{_right} of {_all} ({100 * Of1:0.0} %)";
    }

    // usr/share/maven-repo/group/artifact/version/artifact-version.jar, mostly links. A version such as "debian" or "3.x" is only another name.
    static Dictionary<string, HashSet<(Coordinates Coordinates, string File)>> Truth(string root)
    {
        var truth = new Dictionary<string, HashSet<(Coordinates, string)>>(StringComparer.Ordinal);
        var repository = Path.Combine(root, "usr/share/maven-repo");
        foreach (var path in Directory.EnumerateFiles(repository, "*.jar", SearchOption.AllDirectories))
        {
            var parts = Path.GetRelativePath(repository, path).Split('/');
            if (Resolve(root, path) is { } file && parts is [.., var artifact, var version, _] && char.IsAsciiDigit(version[0]) && !version.EndsWith('x'))
                (truth.TryGetValue(file, out var names) ? names : truth[file] = []).Add((new Coordinates(string.Join('.', parts[..^3]), artifact, version), path));
        }
        return truth;
    }

    static string? Resolve(string root, string path)
    {
        for (var i = 0; i < 10 && new FileInfo(path).LinkTarget is { } target; i++)
            path = target.StartsWith('/') ? root + target : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, target));
        return File.Exists(path) ? path : null;
    }

    // By the runtime's own reader of zip archives.
    static IEnumerable<Coordinates> PomsOf(string jar)
    {
        using var archive = System.IO.Compression.ZipFile.OpenRead(jar);
        foreach (var entry in archive.Entries.Where(entry => entry.FullName.Contains("META-INF/maven/", StringComparison.Ordinal) && entry.Name == "pom.properties"))
        {
            using var reader = new StreamReader(entry.Open());
            var values = reader.ReadToEnd().Split('\n').Where(line => line.Contains('=')).Select(line => line.Trim().Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
            yield return new Coordinates(values["groupId"], values["artifactId"], values["version"]);
        }
    }
}
