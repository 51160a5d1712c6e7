using Plimsoll.Cli.Tests.Samples;
using Plimsoll.Engine.Tests.Advisories.Feeds;

namespace Plimsoll.Cli.Tests;

public sealed class AdvisoriesUpdateTests : IAsyncDisposable
{
    readonly Folder _folder = new();
    readonly MirrorServer _mirror = new();

    public AdvisoriesUpdateTests()
    {
        _mirror.Files["/ecosystems.txt"] = "PyPI\nnpm\nRocky Linux\nDebian\nDebian:12\n"u8.ToArray();
        _mirror.Files["/PyPI/all.zip"] = OsvExport.Zip("PyPI", 20);
        _mirror.Files["/npm/all.zip"] = OsvExport.Zip("npm", 10);
        _mirror.Files["/Rocky Linux/all.zip"] = OsvExport.Zip("Rocky Linux:9", 5);
        _mirror.Files["/Debian/all.zip"] = OsvExport.Zip("Debian:12", 5);
    }

    string Library => _folder.At("advisories");

    public async ValueTask DisposeAsync()
    {
        await _mirror.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_first_time_ecosystems_are_named_and_then_those_are_asked_for_again()
    {
        Assert.Contains("has PyPI, npm, Rocky Linux, Debian", (await Update()).Exits(64).Error, StringComparison.Ordinal);
        (await Update("pypi", "Rocky Linux", "Debian:12")).Exits(0);
        _mirror.Answered.Clear();
        _mirror.Files["/PyPI/all.zip"] = OsvExport.Zip("PyPI", 21);

        var run = (await Update()).Exits(0);
        Assert.Equal(["200 /ecosystems.txt", "404 /Debian/modified_id.csv", "304 /Debian/all.zip", "404 /PyPI/modified_id.csv", "200 /PyPI/all.zip", "404 /Rocky Linux/modified_id.csv", "304 /Rocky Linux/all.zip"], _mirror.Answered);
        Assert.Matches("\nDebian +5 +unchanged +2026-01-02\nRocky Linux +5 +unchanged +2026-01-02\nPyPI +21 +1 +0 +0 +0 +2026-01-02\n", run.Output);
        Assert.Contains("31 advisories of 3 ecosystems", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ecosystem_that_the_mirror_does_not_have_is_named_with_those_that_it_has()
    {
        var run = (await Update("PyPi", "Pypy")).Exits(64);
        Assert.Contains("has no 'Pypy': it has PyPI, npm, Rocky Linux, Debian", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Library));
    }

    [Fact]
    public async Task What_came_from_elsewhere_stays_when_the_mirror_does_not_have_it()
    {
        var zip = _folder.Write("own.zip", OsvExport.Zip("Homebrew", 4));
        (await Tool.Run(["advisories", "import", zip], null, ("PLIMSOLL_ADVISORIES", Library))).Exits(0);
        (await Update("npm")).Exits(0);

        var run = (await Update()).Exits(0);
        Assert.Contains("Homebrew: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("14 advisories of 2 ecosystems", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, 0, "/npm/all.zip answers 500")]
    [InlineData(404, 0, "/npm/all.zip answers 404")]
    [InlineData(200, 1000, "broke in the middle of npm/all.zip")]
    public async Task An_ecosystem_that_the_mirror_fails_at_stays_as_it_is_and_the_others_go_on(int status, int cut, string why)
    {
        (await Update("PyPI", "npm")).Exits(0);
        _mirror.Files["/PyPI/all.zip"] = OsvExport.Zip("PyPI", 30);
        _mirror.Files["/npm/all.zip"] = OsvExport.Zip("npm", 40);
        if (status != 200)
            _mirror.Statuses["/npm/all.zip"] = status;
        else
            _mirror.Cuts["/npm/all.zip"] = cut;

        var run = (await Update("npm", "PyPI")).Exits(2);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.EndsWith(": npm stays as it is\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("40 advisories of 2 ecosystems", run.Output, StringComparison.Ordinal);
        Assert.Equal(["advisories", "advisories.lock"], _folder.Files.Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_ecosystem_that_would_lose_too_much_stays_as_it_is_and_the_others_go_on()
    {
        (await Update("PyPI", "npm")).Exits(0);
        _mirror.Files["/PyPI/all.zip"] = OsvExport.Zip("PyPI", 30);
        _mirror.Files["/npm/all.zip"] = OsvExport.Zip("npm", 2);

        var run = (await Update()).Exits(2);
        Assert.Contains("npm: 8 of its 10 records would vanish, more than a tenth", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("npm stays as it is: where that is right, --replace takes it\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("40 advisories of 2 ecosystems", run.Output, StringComparison.Ordinal);
        Assert.Contains("32 advisories of 2 ecosystems", (await Update("--replace")).Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_only_a_few_records_changed_only_those_are_sent()
    {
        _mirror.Files["/npm/modified_id.csv"] = OsvExport.List(10);
        (await Update("npm")).Exits(0);
        _mirror.Answered.Clear();
        _mirror.Files["/npm/modified_id.csv"] = OsvExport.List(11);
        _mirror.Files["/npm/EX-10.json"] = System.Text.Encoding.UTF8.GetBytes(OsvExport.Record("EX-10", "npm", "package-10"));

        Assert.Matches("\nnpm +11 +1 +0 +0 +0 +2026-01-02\n", (await Update()).Exits(0).Output);
        Assert.Equal(["200 /ecosystems.txt", "200 /npm/modified_id.csv", "200 /npm/EX-10.json"], _mirror.Answered);
        _mirror.Answered.Clear();
        (await Update()).Exits(0);
        Assert.Equal(["200 /ecosystems.txt", "304 /npm/modified_id.csv"], _mirror.Answered);
    }

    [Fact]
    public async Task What_is_exploited_comes_too_from_where_it_is_said_to_be_and_what_fails_of_it_stays()
    {
        _mirror.Files["/kev.json"] = """{"catalogVersion": "1", "vulnerabilities": [{"cveID": "CVE-2026-0001", "dateAdded": "2026-01-01"}]}"""u8.ToArray();
        _mirror.Files["/epss.csv"] = "cve,epss,percentile\nCVE-2026-0001,0.5,0.9\n"u8.ToArray();
        string[] feeds = ["--kev", new Uri(_mirror.Address, "kev.json").ToString(), "--epss", new Uri(_mirror.Address, "epss.csv").ToString()];

        Assert.Matches("\nKEV +1 .*\n(.*\n)*EPSS +1 ", (await Update(["npm", .. feeds])).Exits(0).Output);
        _mirror.Files.Remove("/kev.json", out _);
        _mirror.Answered.Clear();
        var run = (await Update(feeds)).Exits(2);
        Assert.EndsWith("/kev.json answers 404: KEV stays as it is\n", run.Error, StringComparison.Ordinal);
        Assert.Matches("\nEPSS +1 +unchanged", run.Output);
        Assert.Contains("304 /epss.csv", _mirror.Answered);
    }

    [Fact]
    public async Task What_a_mirror_sends_in_place_of_an_export_changes_nothing()
    {
        _mirror.Files["/npm/all.zip"] = "<html>Sign in to the network</html>"u8.ToArray();
        var run = (await Update("npm")).Exits(2);
        Assert.Contains("/npm/all.zip: it is not a zip archive", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("\nplimsoll: nothing was changed\n", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Library));
    }

    [Fact]
    public async Task A_mirror_that_is_not_there_changes_nothing()
    {
        await _mirror.DisposeAsync();
        Assert.Contains("cannot be reached (ConnectionError): nothing was changed", (await Update("npm")).Exits(2).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://mirror.example")]
    [InlineData("mirror")]
    [InlineData("https://user:secret@mirror.example")]
    public async Task The_address_of_a_mirror_is_one(string address)
    {
        var run = (await Tool.Run("advisories", "update", "--from", address)).Exits(64);
        Assert.Contains("--from takes http[s]://HOST[:PORT][/PATH]", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Error, StringComparison.Ordinal);
    }

    Task<Outcome> Update(params string[] ecosystems) =>
        Tool.Run(["advisories", "update", "--from", _mirror.Address.ToString(), .. ecosystems], null, ("PLIMSOLL_ADVISORIES", Library));
}
