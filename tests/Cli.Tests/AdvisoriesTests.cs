using System.Text.Json;
using Plimsoll.Cli.Tests.Samples;

namespace Plimsoll.Cli.Tests;

public sealed class AdvisoriesTests : IDisposable
{
    const string Catalogue = """{"dateReleased": "2026-08-01T00:00:00Z", "vulnerabilities": [{"cveID": "CVE-2026-0001", "dateAdded": "2026-07-31"}]}""";

    readonly Folder _folder = new();

    string Library => _folder.At("data/advisories");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_is_taken_for_what_it_holds_and_each_source_is_told()
    {
        var run = (await Run("import", Export(("PyPI", 30), ("Debian", 20)), _folder.Write("kev.txt", Catalogue), _folder.Write("more.zip", OsvExport.Zip(OsvExport.Record("EX-1", "npm", "left"), "{}")))).Exits(0);

        var lines = run.Output.Split('\n');
        Assert.Matches("^source +records +new +changed +gone +rejected +newest record$", lines[0]);
        Assert.Matches("^Debian +20 +20 +0 +0 +0 +2026-01-02$", lines[1]);
        Assert.Matches("^PyPI +30 +30 +0 +0 +0 +2026-01-02$", lines[2]);
        Assert.Matches("^npm +1 +1 +0 +0 +1 +2026-01-02$", lines[3]);
        Assert.Matches("^KEV +1 +1 +0 +0 +0 +2026-08-01$", lines[4]);
        Assert.Equal("  npm: 1 rejected, because it has no id", lines[5]);
        Assert.Matches("^51 advisories of 3 ecosystems in [0-9.]+ KiB, as of 20[0-9-]+ [0-9:]+ UTC ", lines[7]);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task The_status_says_how_old_each_source_is()
    {
        var zip = _folder.Write("all.zip", OsvExport.Zip("PyPI", 12));
        File.SetLastWriteTimeUtc(zip, DateTime.UnixEpoch.AddDays(20_000));
        (await Run("import", zip, "--ecosystem", "PyPI")).Exits(0);
        var run = (await Run("status")).Exits(0);

        var lines = run.Output.Split('\n');
        Assert.Matches("^source +records +rejected +newest record +brought +age$", lines[0]);
        Assert.Matches("^PyPI +12 +0 +2026-01-02 +20[0-9-]+ +[0-9]+d$", lines[1]);
        Assert.Matches("^12 advisories of 1 ecosystem in [0-9.]+ (KiB|B), as of 2024-10-04 00:00 UTC \\([0-9]+d ago\\)$", lines[3]);
        Assert.EndsWith("/data/advisories", lines[4], StringComparison.Ordinal);

        using var json = JsonDocument.Parse((await Run("status", "--format", "json")).Exits(0).Output);
        var source = json.RootElement.GetProperty("sources")[0];
        Assert.Equal((1, Library), (json.RootElement.GetProperty("schemaVersion").GetInt32(), json.RootElement.GetProperty("path").GetString()));
        Assert.Equal(("advisories", "PyPI", 12, "2024-10-04T00:00:00+00:00"),
            (source.GetProperty("kind").GetString(), source.GetProperty("name").GetString(), source.GetProperty("records").GetInt32(), source.GetProperty("asOf").GetString()));
    }

    [Fact]
    public async Task Where_there_is_little_room_names_come_first()
    {
        var export = Export(("Rocky Linux", 3), ("PyPI", 4));
        var import = (await Tool.Run(["advisories", "import", export], null, ("PLIMSOLL_ADVISORIES", Library), ("COLUMNS", "60"))).Exits(0).Output;
        var status = (await Tool.Run(["advisories", "status"], null, ("PLIMSOLL_ADVISORIES", Library), ("COLUMNS", "60"))).Exits(0).Output;

        Assert.Matches("^source +records +new +changed +gone +rejected\n", import);
        Assert.Matches("\nRocky Linux +3 +3 +0 +0 +0\n", import);
        Assert.Matches("^source +records +rejected +newest record +age\n", status);
        Assert.Matches("\nRocky Linux +3 +0 +2026-01-02 +[0-9]s\n", status);
    }

    [Fact]
    public async Task Where_there_are_none_yet_the_status_says_how_to_get_them()
    {
        var run = (await Run("status")).Exits(2);
        Assert.Empty(run.Output);
        Assert.Contains("'plimsoll advisories update' brings them", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing", "", "no such file or directory")]
    [InlineData("text.zip", "no zip", "neither a zip of OSV records, nor CISA's catalogue")]
    [InlineData("short.zip", "PK\u0003\u0004", "not a zip archive, or its end is missing")]
    [InlineData("folder/x", "x", "it has no ecosystems.txt")]
    public async Task What_cannot_be_taken_changes_nothing(string name, string text, string why)
    {
        (await Run("import", _folder.Write("good.zip", OsvExport.Zip("PyPI", 3)))).Exits(0);
        var before = File.ReadAllBytes(Library);
        Directory.CreateDirectory(_folder.At("folder"));
        if (text.Length > 0)
            _folder.Write(name, text);

        var run = (await Run("import", _folder.Write("other.zip", OsvExport.Zip("npm", 3)), _folder.At(name.Split('/')[0]))).Exits(2);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.EndsWith(": nothing was changed\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Library));
    }

    [Fact]
    public async Task More_than_a_tenth_vanishes_only_when_that_is_wanted()
    {
        (await Run("import", _folder.Write("whole.zip", OsvExport.Zip("PyPI", 20)))).Exits(0);
        var part = _folder.Write("part.zip", OsvExport.Zip("PyPI", 17));

        var run = (await Run("import", part)).Exits(2);
        Assert.Equal("plimsoll: PyPI: 3 of its 20 records would vanish, more than a tenth\nplimsoll: nothing was changed: where that is right, --replace takes it\n", run.Error);
        Assert.Matches("PyPI +17 +0 +0 +3 +0 ", (await Run("import", part, "--replace")).Exits(0).Output);
    }

    [Fact]
    public async Task A_damaged_library_is_replaced_only_when_that_is_wanted()
    {
        Directory.CreateDirectory(_folder.At("data"));
        _folder.Write("data/advisories", "nonsense that is longer than the header of a library, to be sure of it");
        var zip = _folder.Write("all.zip", OsvExport.Zip("PyPI", 3));

        Assert.Contains("is not a library of advisories: --replace starts a new one", (await Run("import", zip)).Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains("is not a library of advisories", (await Run("status")).Exits(2).Error, StringComparison.Ordinal);
        (await Run("import", zip, "--replace")).Exits(0);
        (await Run("status")).Exits(0);
    }

    [Fact]
    public async Task An_import_that_is_killed_leaves_what_was_there_and_the_next_one_goes_on()
    {
        (await Run("import", _folder.Write("small.zip", OsvExport.Zip("PyPI", 3)))).Exits(0);
        var before = File.ReadAllBytes(Library);
        var large = _folder.Write("large.zip", OsvExport.Zip("npm", 60_000));
        // First while it reads, then while it writes.
        foreach (var file in new[] { "advisories.records", "advisories.new" })
        {
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var watcher = new FileSystemWatcher(_folder.At("data"));
            watcher.Created += (_, e) => _ = e.Name == file && begun.TrySetResult();
            watcher.EnableRaisingEvents = true;
            using var process = Tool.Start(["advisories", "import", large], ("PLIMSOLL_ADVISORIES", Library));
            await begun.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.NotEqual(0, process.ExitCode);
            Assert.Equal(before, File.ReadAllBytes(Library));
        }
        (await Run("import", large)).Exits(0);
        Assert.Equal(["advisories", "advisories.lock"], Directory.EnumerateFiles(_folder.At("data")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Of_two_imports_at_once_one_waits_for_nobody()
    {
        Directory.CreateDirectory(_folder.At("data"));
        using (File.Open($"{Library}.lock", FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            Assert.Contains("is being written by another import", (await Run("import", _folder.Write("a.zip", OsvExport.Zip("PyPI", 3)))).Exits(2).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PLIMSOLL_ADVISORIES", "here/library", "here/library")]
    [InlineData("XDG_DATA_HOME", "xdg", "xdg/plimsoll/advisories")]
    [InlineData("HOME", "home", "home/.local/share/plimsoll/advisories")]
    public async Task Where_they_are_is_as_the_environment_says(string variable, string value, string file)
    {
        Directory.CreateDirectory(_folder.At(value));
        if (variable == "PLIMSOLL_ADVISORIES")
            Directory.Delete(_folder.At(value));
        (await Tool.Run(["advisories", "import", _folder.Write("a.zip", OsvExport.Zip("PyPI", 3))], null, (variable, _folder.At(value)))).Exits(0);
        Assert.True(File.Exists(_folder.At(file)));
    }

    string Export(params (string Ecosystem, int Records)[] ecosystems)
    {
        foreach (var (ecosystem, records) in ecosystems)
        {
            Directory.CreateDirectory(_folder.At($"export/{ecosystem}"));
            _folder.Write($"export/{ecosystem}/all.zip", OsvExport.Zip(ecosystem, records));
        }
        _folder.Write("export/ecosystems.txt", string.Concat(ecosystems.Select(one => $"{one.Ecosystem}\n")));
        return _folder.At("export");
    }

    Task<Outcome> Run(params string[] arguments) => Tool.Run(["advisories", .. arguments], null, ("PLIMSOLL_ADVISORIES", Library));
}
