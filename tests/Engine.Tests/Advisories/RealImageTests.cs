using System.Text;
using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Advisories.Library;
using Plimsoll.Engine.Tests.Packages;
using Plimsoll.Engine.Tests.Packages.Executables;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Advisories.InspectedImage;

namespace Plimsoll.Engine.Tests.Advisories;

/// <summary>Images with versions in them of which real exports say that they are affected.</summary>
public sealed class RealImageTests(ITestOutputHelper output) : IDisposable
{
    readonly LibrarySample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Theory]
    [InlineData("var/lib/rpm/Packages")]
    [InlineData("var/lib/rpm/rpmdb.sqlite")]
    [InlineData("usr/lib/sysimage/rpm/Packages.db")]
    public async Task An_image_of_AlmaLinux_is_told_by_any_database_of_rpm_what_its_updates_mend(string path)
    {
        const string Name = "webkit2gtk3", Version = "2.36.7-1.el9_0";
        var image = await Judged("AlmaLinux", Os("almalinux", "9.1").File(path, path.EndsWith("sqlite", StringComparison.Ordinal) ? SmallRpm.Sqlite(Name, Version) : path.EndsWith(".db", StringComparison.Ordinal) ? SmallRpm.Ndb(Name, Version) : SmallRpm.Berkeley(Name, Version)));

        Assert.Contains("ALSA-2023:0021 on webkit2gtk3: 2.36.7-1.el9_0 is before 2.36.7-1.el9_1.1, which fixes it (order of rpm)", image.Explained());
        Assert.DoesNotContain(image.Vulnerabilities!, found => found.Id == "ALSA-2022:6634");
        // The update has the CVE only as what it is related to, and the catalogue knows that one.
        var update = image.Vulnerabilities!.Single(found => found.Id == "ALSA-2023:0021");
        Assert.Equal((Severity.High, true), (update.Severity, update.KnownExploited));
        Assert.Contains("CVE-2022-42856", update.Upstream);
    }

    [Fact]
    public async Task A_Go_program_has_what_its_modules_and_its_standard_library_have()
    {
        var program = new SmallElf(is64: true, bigEndian: false)
        {
            Sections = { (".go.buildinfo", GoTests.Inline("go1.21.0", "path\texample.com/app\nmod\texample.com/app\tv1.2.3\th1:x=\ndep\tgolang.org/x/net\tv0.15.0\th1:y=\ndep\tgolang.org/x/text\tv0.99.0\th1:z=\n")) },
        };
        var image = await Judged("Go", new TestLayer().File("usr/bin/app", program.Bytes(), (UnixFileMode)0b111_101_101));

        Assert.Contains(image.Explained(), why => why.StartsWith("GO-2023-2102 on golang.org/x/net: v0.15.0 is before 0.17.0, which fixes it (order of go)", StringComparison.Ordinal));
        Assert.Contains(image.Vulnerabilities!, found => found is { Id: "CVE-2023-39321", Name: "stdlib", Installed: "1.21.0", FixedIn: "1.21.1" });
        Assert.Contains(image.Vulnerabilities!, found => found is { Id: "CVE-2023-39325", Name: "golang.org/x/net", FixedIn: "0.17.0" });
        Assert.DoesNotContain(image.Vulnerabilities!, found => found.Name == "golang.org/x/text");
    }

    [Fact]
    public async Task A_Rust_program_has_what_its_crates_have()
    {
        var crates = RustTests.Zlib(Encoding.UTF8.GetBytes("""{"packages":[{"name":"openssl","version":"0.10.54","source":"crates.io"},{"name":"demo","version":"0.1.0","root":true}]}"""));
        var image = await Judged("crates.io", new TestLayer().File("usr/bin/demo", new SmallElf(is64: true, bigEndian: false) { Sections = { (".dep-v0", crates) } }.Bytes(), (UnixFileMode)0b111_101_101));

        Assert.Contains("RUSTSEC-2023-0044 on openssl: 0.10.54 is before 0.10.55, which fixes it (order of semver)", image.Explained());
        Assert.DoesNotContain(image.Explained(), why => why.StartsWith("RUSTSEC-2023-0022", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_image_with_Python_has_what_its_distributions_have()
    {
        TestLayer Installed(TestLayer layer, string name, string version) =>
            layer.File($"usr/local/lib/python3.12/site-packages/{name}-{version}.dist-info/METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n\n");
        var image = await Judged("PyPI", Installed(Installed(new TestLayer(), "Flask", "2.3.1"), "urllib3", "2.0.6"));

        Assert.Contains("PYSEC-2023-62 on flask: 2.3.1 is before 2.3.2, which fixes it (order of pep440)", image.Explained());
        Assert.Contains(image.Vulnerabilities!, found => found is { Id: "CVE-2023-45803", Name: "urllib3", FixedIn: "2.0.7" });
        Assert.DoesNotContain(image.Vulnerabilities!, found => found.Id == "CVE-2023-43804");
    }

    async Task<ImageReport> Judged(string ecosystem, TestLayer layer)
    {
        _sample.ImportZip(OsvData.Exports("export-t1").Single(zip => OsvData.NameOf(zip) == ecosystem), ecosystem);
        using (var import = _sample.Begin())
        using (var catalogue = File.OpenRead(Path.Combine(Environment.GetEnvironmentVariable("PLIMSOLL_OSV_DATA")!, "known_exploited_vulnerabilities.json")))
        {
            Assert.Null(import.Add(ExploitationFeed.Read(catalogue)!, LibrarySample.From()));
            Assert.True(import.Complete(false, TestContext.Current.CancellationToken).IsWritten);
        }
        var image = await InspectedImage.Judged(layer, _sample);
        output.WriteLine($"measured: images: {image.Vulnerabilities!.Count} vulnerabilities of {image.Packages.Count} packages, {image.Vulnerabilities.Count(found => found.KnownExploited)} of them exploited, by {ecosystem}");
        Assert.All(image.Vulnerabilities, found => Assert.NotEmpty(found.Explanation));
        return image;
    }
}
