using Plimsoll.Engine.Dockerfiles.Attribution;
using Plimsoll.Engine.Dockerfiles.Caching;
using Plimsoll.Engine.Tests.Dockerfiles.Contexts;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Dockerfiles.Caching;

public sealed class CacheReportTests
{
    static CacheReport Of(TemporaryFolder folder, string text, InspectedImage? image = null)
    {
        var plan = Contexts.Contexts.Plan(text);
        return CacheReport.Of(folder.Read(), plan, plan.Stages[^1], image is null ? null : ImageAttribution.Of(image, Engine.Reports.ImageReportBuilder.Of(image), plan, plan.Stages[^1]));
    }

    static IEnumerable<string> Told(CacheReport report) =>
        report.Groups.Select(group => $"{string.Join(' ', group.Paths)} {group.Files}:{group.Bytes} > {string.Join(' ', group.Steps.Select(step => step.Line))}");

    [Fact]
    public void Paths_are_together_that_rebuild_the_same_steps()
    {
        using var folder = new TemporaryFolder().With(("package.json", 1), ("package-lock.json", 2), ("src/a.js", 30), ("src/deep/b.js", 20), ("README.md", 5), ("public/x", 4));
        Assert.Equal(
            ["package-lock.json package.json 2:3 > 3 4 6 8", "src/ README.md public/ 4:59 > 6 8"],
            Told(Of(folder, "FROM node AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nENV A=b\nCOPY . .\nFROM nginx\nCOPY --from=build /app/dist /x\nEXPOSE 80\n")));
    }

    [Fact]
    public void What_nothing_reads_rebuilds_nothing_and_all_may_be_one()
    {
        using var folder = new TemporaryFolder().With(("src/a", 1), ("docs/b", 1), ("src/c.md", 1));
        Assert.Equal(["src/a 1:1 > 2"], Told(Of(folder, "FROM a\nCOPY --exclude=*.md src /x\n")));
        Assert.Equal([". 3:3 > 2 3"], Told(Of(folder, "FROM a\nCOPY . /x\nRUN make\n")));
        Assert.Empty(Told(Of(folder, "FROM a AS other\nCOPY . /x\nFROM b\nRUN make\n")));
    }

    [Fact]
    public void A_linked_copy_depends_on_what_it_copies_alone()
    {
        using var folder = new TemporaryFolder().With(("a", 1), ("b", 2));
        Assert.Equal(["a 1:1 > 2 4 5", "b 1:2 > 3 4 5"], Told(Of(folder, "FROM x\nCOPY a /a\nCOPY --link b /b\nRUN make\nCOPY --from=y /y /y\n")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Stages_are_followed_by_what_they_stand_on_mount_and_copy()
    {
        using var folder = new TemporaryFolder().With(("a", 1), ("b", 2));
        Assert.Equal(
            ["a 1:1 > 2 4 7 9 10", "b 1:2 > 6 7 9 10"],
            Told(Of(folder, "FROM x AS one\nCOPY a /a\nFROM one AS two\nRUN two\nFROM y AS three\nRUN --mount=source=b,target=/b three\nRUN --mount=from=two,target=/t four\nFROM z\nCOPY --from=three /x /x\nRUN five\n")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Dependencies_fetched_behind_the_sources_are_told_with_what_copying_the_manifests_first_saves()
    {
        using var folder = new TemporaryFolder().With(("app/app.csproj", 10), ("app/code.cs", 2000), ("Directory.Packages.props", 5));
        var image = new ImageBuilder().Layer("ADD rootfs / # buildkit", layer => layer.File("bin/sh", 5))
            .Layer("COPY . /src # buildkit", layer => layer.File("src/code.cs", 2000))
            .Layer("RUN /bin/sh -c dotnet restore # buildkit", layer => layer.File("root/.nuget/x", 400_000))
            .Layer("RUN /bin/sh -c dotnet publish -o /app # buildkit", layer => layer.File("app/app.dll", 7000)).Build();
        var report = Of(folder, "FROM sdk\nCOPY . /src\nRUN dotnet restore\nRUN dotnet publish -o /app\n", image);
        var advice = Assert.Single(report.Advice);
        Assert.Equal((3, 2, true, false, 409_000L, 9_000L), (advice.Line, advice.CopyLine, advice.AreBelow, advice.IsMixed, advice.NowBytes, advice.ThenBytes));
        Assert.Equal(["*.csproj", "Directory.Packages.props"], advice.First);
        Assert.Equal([2, 3, 4], advice.Now.Select(step => step.Line));
        Assert.Equal([2, 4], advice.Then.Select(step => step.Line));
        Assert.Equal(409_000, Assert.Single(report.Groups).LayerBytes);
    }

    [Theory]
    [InlineData("FROM a\nCOPY . .\nRUN npm ci\n", "3 package.json False")]
    [InlineData("FROM a\nCOPY . .\nRUN cd web && npm ci --omit=dev && npm cache clean --force\n", "3 package.json False")]
    [InlineData("FROM a\nCOPY . .\nRUN npm ci && npm run build\n", "3 package.json True")]
    [InlineData("FROM a AS x\nCOPY . .\nFROM x\nRUN [\"npm\", \"install\"]\n", "4 package.json False")]
    [InlineData("FROM a\nCOPY . .\nRUN --mount=type=cache,target=/root/.cache python3 -m pip install --no-cache-dir -r requirements.txt\n", "3 requirements* False")]
    [InlineData("FROM a\nCOPY . .\nRUN UV_LINK_MODE=copy uv sync --frozen\n", "3 pyproject.toml uv.lock False")]
    [InlineData("FROM a\nCOPY . .\nRUN go mod download\n", "3 go.mod False")]
    [InlineData("FROM a\nCOPY . .\nRUN ./mvnw -B dependency:go-offline\n", "3 pom.xml False")]
    [InlineData("FROM a\nCOPY package.json ./\nRUN npm ci\nCOPY . .\n", "")]
    [InlineData("FROM a\nCOPY package.json code.js ./\nRUN npm ci\n", "")]
    [InlineData("FROM a\nCOPY . .\nRUN npm run build\n", "")]
    [InlineData("FROM a\nCOPY . .\nRUN pip install .\n", "")]
    [InlineData("FROM a\nCOPY . .\nRUN composer install\n", "")]
    [InlineData("FROM a\nRUN npm ci\nCOPY . .\n", "")]
    public void What_fetches_dependencies_is_known(string text, string expected)
    {
        using var folder = new TemporaryFolder().With([.. new[] { "package.json", "requirements.txt", "pyproject.toml", "uv.lock", "go.mod", "pom.xml", "code.js", "node_modules/x/composer.json" }.Select(path => (path, 1))]);
        Assert.Equal(expected, string.Join(", ", Of(folder, text).Advice.Select(advice => $"{advice.Line} {string.Join(' ', advice.First)} {advice.IsMixed}")));
    }

    // Against the plain reading: change one file, and ask each step in turn.
    [Fact]
    public void Every_file_is_in_the_group_of_what_it_rebuilds()
    {
        var dice = new Dice(41);
        string[] sources = [".", "a", "b", "a/x", "*.t", "c"], files = ["a/x/1", "a/y", "b/2", "b/m.t", "c", "n.t"];
        using var folder = new TemporaryFolder().With([.. files.Select(path => (path, 1))]);
        for (var round = 0; round < 300; round++)
        {
            var steps = Enumerable.Range(0, 1 + dice.Roll(6)).Select(_ => dice.Roll(3) == 0 ? null : sources[dice.Roll(sources.Length)]).ToList();
            var report = Of(folder, "FROM i\n" + string.Concat(steps.Select(source => source is null ? "RUN make\n" : $"COPY {source} /to/\n")));
            foreach (var file in files)
            {
                var first = steps.FindIndex(source => Takes(source, file));
                var group = report.Groups.SingleOrDefault(group => group.Paths.Any(path => path == "." || path == file || path.EndsWith('/') && file.StartsWith(path, StringComparison.Ordinal)) && first >= 0);
                Assert.Equal(first < 0 ? [] : Enumerable.Range(first, steps.Count - first).Select(i => i + 2), group?.Steps.Select(step => step.Line) ?? []);
            }
            Assert.Equal(files.Count(file => steps.Exists(source => Takes(source, file))), report.Groups.Sum(group => group.Files));
        }
    }

    static bool Takes(string? source, string file) => source is not null && (source == "." || source == file || file.StartsWith(source + "/", StringComparison.Ordinal) || source == "*.t" && file == "n.t");
}
