using System.Text;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Engine.Vex;

namespace Plimsoll.Engine.Tests.Reports;

/// <summary>Reports for the formats that list packages: every type of package, and names that nobody should have given.</summary>
internal static class SbomSamples
{
    public static readonly OsRelease Debian = new("debian", "12", "Debian GNU/Linux 12 (bookworm)");

    public static async Task<Report> Sample() => (await TestImage.Inspect(new ImageSource.File(Repository.At("samples/webapp.tar")))).Report;

    public static IReadOnlyList<string> CaseNames { get; } = ["sample", "every type", "odd", "nameless", "several", "none", "hostile", "bare", "vulnerable", "stated"];

    public static async Task<Report> Case(string name) => name switch
    {
        "sample" => await Sample(),
        "every type" => Of(EveryType),
        "odd" => Of(Odd),
        "hostile" => FormatSamples.Hostile(),
        "bare" => FormatSamples.Bare(),
        "vulnerable" => Vulnerable(),
        "stated" => Stated(),
        "nameless" => new Report([Nameless()], []),
        "several" => new Report([Image(EveryType), Image(Odd, "linux/arm64/v8"), Nameless()], [new Failure("web.tar", "it is empty", null)]),
        _ => new Report([], [new Failure("web.tar", "it is empty", null)]),
    };

    /// <summary>One package of every type.</summary>
    public static IReadOnlyList<PackageReport> EveryType { get; } =
    [
        Package("apk", "musl-utils", "1.2.5-r0", "MIT AND BSD-2-Clause") with { Source = new SourcePackage("musl", "1.2.5-r0") },
        Package("cargo", "serde", "1.0.219", "MIT OR Apache-2.0"),
        Package("composer", "symfony/console", "v7.2.1", "MIT"),
        Package("deb", "g++-12", "1:12.2+dfsg~1-14", "GPL-3+", "GPL-3+ with weird exception") with { Source = new SourcePackage("gcc-12", null) },
        Package("gem", "rails", "8.0.1", "MIT"),
        Package("generic", "nginx", "1.27.3"),
        Package("golang", "github.com/Azure/azure-sdk-for-go/sdk", "v1.17.0+incompatible"),
        Package("maven", "org.apache.logging.log4j:log4j-core", "2.24.3", "The Apache Software License, Version 2.0"),
        Package("npm", "@angular/core", "19.0.5", "(MIT OR ISC)"),
        Package("npm", "left-pad", "1.3.0", "WTFPL"),
        Package("nuget", "Newtonsoft.Json", "13.0.3", "MIT"),
        Package("pypi", "Foo_Bar.baz", "2.0", "MIT License", "BSD", "LicenseRef-of-their-own"),
        Package("rpm", "bash", "0:5.1.8-9.el9", "GPLv3+ and LicenseRef-of-their-own"),
    ];

    /// <summary>Names, versions and licences as a hostile or careless author may write them.</summary>
    public static IReadOnlyList<PackageReport> Odd { get; } =
    [
        Package("generic", "", ""),
        Package("generic", "naïve-日本語-🚢", "1"),
        Package("npm", "\"quoted\" \\ back", "1\"2"),
        Package("npm", @"caf\xe9", @"\xff\xfe"),
        Package("npm", "control\0\u0001\e[31mred\r\n\tend", "1\n2", "line\nbreak"),
        Package("npm", "reversed\u202egnp.exe", "\ufeff1\u2028"),
        Package("pypi", "<script>alert('&')</script>", "?#@/:%", "<b>", "a/b", "a b", "a-b", "___"),
        Package("pypi", "-", "-", "LicenseRef-of-their-own", "LicenseRef-of-their own"),
        Package("npm", new string('n', 100_000), new string('1', 1000), new string('(', 100_000)),
        Package("npm", "same", "1"),
        Package("npm", "same", "1") with { OwnedBy = "node-same", Locations = ["usr/share/nodejs/same/package.json"] },
        Package("npm", "a_b", "1"), Package("npm", "a:b", "1"), Package("npm", "a-b", "1"), Package("npm", "a-b-1", "2"), Package("npm", "a-b", "1-2"),
        Package("npm", "gone", "1") with { RemovedIn = 1 },
    ];

    /// <summary>Two packages of two images with one problem, and one with another of its own.</summary>
    public static Report Vulnerable()
    {
        var rows = EveryType.Take(2).Select(package => SampleReport.Vulnerability(Severity.High, aliases: ["GHSA-1"]) with
        {
            Package = package.Purl, Name = package.Name, Installed = package.Version, Layer = package.Layer, Score = 7.5m, Cvss = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N",
        }).ToList();
        var own = SampleReport.Vulnerability(null, "OSV-2", fixedIn: null, exploited: true) with { Package = EveryType[3].Purl, Name = EveryType[3].Name, Layer = EveryType[3].Layer, Cvss = "urgency: low", Epss = 0.25m };
        var data = new AdvisoryReport(SampleReport.Now, null, [new UncoveredPackages("there is no advisory data for Go", "Go", 1, false)], []);
        return new Report([Image(EveryType) with { Vulnerabilities = [.. rows, own], Advisories = data }, Image(EveryType, "linux/arm64") with { Vulnerabilities = rows, Advisories = data }], []);
    }

    /// <summary>The same, where each status is stated of something.</summary>
    public static Report Stated()
    {
        var number = 0;
        VulnerabilityReport With(VulnerabilityReport one) => one with
        {
            Vex = new VexReport((VexStatus)(number++ % 4), number % 2 == 0 ? null : "vulnerable_code_cannot_be_controlled_by_adversary", "a [reason](x)", one.Id, one.Package, "https://vex.example/1", null, SampleReport.Now, ["another does not hold"]),
        };
        var report = Vulnerable();
        return report with { Images = [.. report.Images.Select(image => image with { Vulnerabilities = [.. image.Vulnerabilities!.Select(With)] })] };
    }

    public static Report Of(params IReadOnlyList<PackageReport> packages) => new([Image(packages)], []);

    /// <summary>An image that names itself in every way.</summary>
    public static ImageReport Image(IReadOnlyList<PackageReport> packages, string platform = "linux/amd64")
    {
        var image = SampleReport.Of();
        return image with
        {
            Image = image.Image with
            {
                Reference = "registry.example:5000/shop/web:1.4", ManifestDigest = Digest.Of(Encoding.UTF8.GetBytes(platform)), Platform = Platform.Parse(platform),
                Created = new DateTimeOffset(2026, 1, 2, 5, 4, 5, 678, TimeSpan.FromHours(2)),
            },
            Config = image.Config with { OperatingSystem = Debian },
            Packages = packages,
        };
    }

    /// <summary>An image of which nothing is known but that it is there.</summary>
    public static ImageReport Nameless()
    {
        var image = SampleReport.Of(layers: 0);
        return image with { Image = image.Image with { Reference = null }, Packages = [Package("npm", "left-pad", "1.3.0")], Notes = ["layer 0: a database was not read"] };
    }

    public static PackageReport Package(string type, string name, string version, params string[] licences)
    {
        var package = new InstalledPackage(type, name, version) { Architecture = type is "deb" or "rpm" or "apk" ? "amd64" : null };
        return new PackageReport(type, name, version, PackageUrl.Of(package, Debian), null, 1, [$"{type}/evidence"], licences, null, null);
    }

    public static string Written(Report report, Action<Report, Stream> format)
    {
        var bytes = new MemoryStream();
        format(report, bytes);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.ToArray());
    }
}
