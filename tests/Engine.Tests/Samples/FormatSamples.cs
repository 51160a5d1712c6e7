using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Gates;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Vex;

namespace Plimsoll.Engine.Tests.Samples;

/// <summary>The reports that every format has to write well.</summary>
internal static class FormatSamples
{
    /// <summary>Markup of every kind, controls, marks of direction, half a surrogate pair, and the ends of what it may stand in.</summary>
    public const string Evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'`&amp;]]>--></style></title>[a](javascript:alert(3))"
        + "\u202egpj\u0007\u001b[31m\r\n\t\uFFFE\ud800 {0} %s https://evil.example/ é";

    /// <summary>The sample image, judged by the template policy.</summary>
    public static async Task<Report> WebApp()
    {
        var policy = PolicyReader.Read(PolicyTemplate.Text, CheckCatalogue.All.Select(check => check.Id).ToHashSet()).Policy!;
        var report = (await TestImage.Inspect(new ImageSource.File(Repository.At("samples/webapp.tar")))).Report;
        return report with { Images = [.. report.Images.Select(image => image with { Verdict = Gate.Decide(image, policy, DateTimeOffset.UnixEpoch) })] };
    }

    /// <summary>An image of which nothing is known, and a source that could not be read.</summary>
    public static Report Bare() => new(
        [SampleReport.Of(size: 0, layers: 0) with { Image = new ImageIdentity(null, null, Digest.Of([]), new Platform("linux", "amd64"), null, 0, 0, []) }],
        [new Failure("web.tar", "it is empty", "make it again"), new Failure("old.tar", "it is cut short", null)]);

    /// <summary>An image whose author put <paramref name="text"/> wherever he could.</summary>
    public static Report Hostile(string text = Evil)
    {
        var image = Large(20);
        return new Report(
            [image with
            {
                Image = image.Image with { Reference = text },
                Config = new ConfigReport(text, [text], [text], [text], [text], text, [text], new Dictionary<string, string> { [text] = text }, text, text, new OsRelease(text, text, text)),
                Layers = [.. image.Layers.Select(layer => layer with { Command = $"RUN /bin/sh -c {text}{string.Concat(Enumerable.Repeat(text, 3))}" })],
                Waste = image.Waste with { Files = [.. image.Waste.Files.Select(file => file with { Path = text })], Duplicates = [new DuplicateFile(1, 2, [text, text])] },
                Findings = [.. image.Findings.Select(finding => finding with { Evidence = text, Path = text })],
                Secrets = [.. image.Secrets.Select(secret => secret with { Location = $"env {text}" }), image.Secrets[0] with { Location = text, Path = text }],
                Packages = [.. image.Packages.Select(package => package with { Type = text, Name = text, Version = text, Licences = [text], OwnedBy = text })],
                Vulnerabilities =
                [
                    SampleReport.Vulnerability(Severity.Critical, exploited: true, aliases: ["GHSA-1"]) with { Package = image.Packages[0].Purl, Name = text, Installed = text, FixedIn = text, Summary = text, Cvss = text, Explanation = [text], Vex = new VexReport(VexStatus.UnderInvestigation, text, text, text, text, text, text, SampleReport.Now, [text]) },
                    SampleReport.Vulnerability(null, "OSV-2", fixedIn: null) with { Package = image.Packages[1].Purl, Layer = 1, Name = text, Explanation = [text, text] },
                    SampleReport.Vulnerability(Severity.Low, "OSV-4") with { Package = image.Packages[2].Purl, Name = text, Installed = text, Vex = new VexReport(VexStatus.NotAffected, text, text, text, text, text, text, null, []) },
                ],
                Advisories = new AdvisoryReport(SampleReport.Now, null, [new UncoveredPackages(text, text, 1, true)], [new UndecidedAdvisory("OSV-3", null, image.Packages[2].Purl, text)]),
                Notes = [text],
                Verdict = new Verdict(text, [new RuleResult(text, text, text, Outcome.Fail, text), new RuleResult(text, text, text, Outcome.Undecided, text, text)],
                    [new UsedExemption(text, null, text, text, new DateOnly(2027, 1, 1), text)]),
            }],
            [new Failure(text, text, text)]);
    }

    /// <summary>An image with as many packages, and half as many hidden files.</summary>
    public static ImageReport Large(int packages) => SampleReport.Of(size: 1_000_000_000, layers: 40, waste: 1000) with
    {
        Waste = new WasteReport(0.8, 1000, 0, [.. Enumerable.Range(0, packages / 2).Select(i => new HiddenFile(
            $"usr/lib/python3/dist-packages/some/rather/long/path/{i}/module-{i}.cpython-313-x86_64-linux-gnu.so", packages - i, i % 20, 20 + i % 20, (HiddenHow)(i % 3)))],
            [], new OmittedFiles(1000, 17), new DiveScore(0.9, 2, 3)),
        Findings = [.. Enumerable.Range(0, 100).Select(i => SampleReport.Finding("setuid-setgid", Severity.Medium, $"usr/bin/program-{i} is setuid: user 0", $"usr/bin/program-{i}"))],
        Secrets = [SampleReport.Secret(Severity.Critical), new SecretReport("github-token", "A GitHub token", Severity.Critical, "app/settings.py:12", "app/settings.py", 12, 3, 5, "ghp_****")],
        Packages = [.. Enumerable.Range(0, packages).Select(i => new PackageReport(
            i % 2 == 0 ? "deb" : "npm", $"some-package-with-a-name-{i}", $"1:{i}.0.3-2+deb13u1", $"pkg:generic/p@{i}", null, i % 30, ["var/lib/dpkg/status"], ["Apache-2.0"],
            i % 7 == 0 ? "nodejs" : null, i % 101 == 0 ? 39 : null))],
    };

    public static byte[] Written(Action<Stream> write)
    {
        var bytes = new MemoryStream();
        write(bytes);
        return bytes.ToArray();
    }
}
