using System.Globalization;
using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Gates;

namespace Plimsoll.Engine.Reports.JUnit;

/// <summary>An image as a test suite.</summary>
/// <param name="Moment">When the image was created, in UTC and without a zone, as the schemas want it.</param>
internal sealed record Suite(
    string Name, string Moment, IReadOnlyList<(string Name, string Value)> Properties, IReadOnlyList<Case> Cases, IReadOnlyList<string> Notes)
{
    const string Inspection = "plimsoll.inspection";
    const int Places = 20;

    public static Suite Of(ImageReport image) => new(
        $"{image.Name()} {image.Image.Platform}",
        (image.Image.Created ?? DateTimeOffset.UnixEpoch).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        [.. PropertiesOf(image)],
        [new Case(Inspection, "inspected"), .. CheckCatalogue.All.Select(check => Check(check, image)), Secrets(image), .. Vulnerabilities(image), .. Rules(image.Verdict)],
        image.Notes);

    public static Suite Of(Failure failure) => new(
        failure.Image, DateTimeOffset.UnixEpoch.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture), [("plimsoll.version", Product.Version)],
        [new Case(Inspection, "inspected", new("error", failure.Reason, "not-inspected", failure.Remedy ?? ""))], []);

    static IEnumerable<(string, string)> PropertiesOf(ImageReport image)
    {
        yield return ("plimsoll.version", Product.Version);
        yield return ("image.digest", (image.Image.ManifestDigest ?? image.Image.ConfigDigest).Value);
        yield return ("image.platform", image.Image.Platform.ToString());
        yield return ("image.size", image.Image.Size.ToString(CultureInfo.InvariantCulture));
        yield return ("image.layers", image.Layers.Count.ToString(CultureInfo.InvariantCulture));
        if (image.Verdict is { } verdict)
        {
            yield return ("policy", verdict.Policy);
            yield return ("verdict", verdict.Outcome.ToString());
        }
    }

    // What is only worth knowing, and what the policy exempts, is no failure; it is not a pass either.
    static Case Check(CheckInfo check, ImageReport image)
    {
        var findings = image.Findings.Where(finding => finding.Check == check.Id).ToList();
        if (findings.Count == 0)
            return new Case("plimsoll.checks", check.Id);
        var worst = findings.Max(finding => finding.Severity);
        if (image.Verdict?.Exemptions.FirstOrDefault(exemption => exemption.Id == check.Id && exemption.Package is null) is { } exemption)
            return new Case("plimsoll.checks", check.Id, new("skipped", string.Create(CultureInfo.InvariantCulture,
                $"exempt until {exemption.Until:yyyy-MM-dd}: {exemption.Reason} ({exemption.Owner})"), null, Listed(findings.Select(finding => finding.Evidence))));
        return new Case("plimsoll.checks", check.Id, new(
            worst == Severity.Info ? "skipped" : "failure", check.Title, worst == Severity.Info ? null : worst.ToString().ToLowerInvariant(),
            $"{Listed(findings.Select(finding => finding.Evidence))}\n{check.Remedy}"));
    }

    static Case Secrets(ImageReport image) => new("plimsoll.secrets", "secrets", image.Secrets.Count == 0 ? null : new(
        "failure", image.Secrets.Count == 1 ? "a secret is in the image" : $"{image.Secrets.Count} secrets are in the image",
        image.Secrets.Max(secret => secret.Severity).ToString().ToLowerInvariant(),
        Listed(image.Secrets.Select(secret => $"{secret.Title}: {secret.Location} = {secret.Masked}"))));

    // Not compared is not none: there is no case then that could pass.
    static IEnumerable<Case> Vulnerabilities(ImageReport image) => image.Vulnerabilities?.Where(one => !one.IsSetAside).ToList() is not { } found ? [] :
    [
        new Case("plimsoll.vulnerabilities", "vulnerabilities", found.Count == 0 ? null : new(
            "failure", found.Count == 1 ? "a known vulnerability is in the image" : $"{found.Count} known vulnerabilities are in the image",
            found.Max(one => one.Severity)?.ToString().ToLowerInvariant() ?? "unrated",
            Listed(found.Select(one => $"{one.Id}: {one.Name} {one.Installed}{(one.FixedIn is { } fix ? $", mended in {fix}" : "")}")))),
    ];

    static IEnumerable<Case> Rules(Verdict? verdict) => (verdict?.Rules ?? []).Select(rule => new Case("plimsoll.policy", rule.Rule, rule.Outcome switch
    {
        Outcome.Pass => null,
        // Not known is not passed: the exit code says so too.
        Outcome.Undecided => new("error", rule.Reason ?? rule.Actual, "undecided", $"limit {rule.Limit}, actual {rule.Actual}"),
        _ => new Fault("failure", $"limit {rule.Limit}, actual {rule.Actual}", "fail", rule.Advice ?? ""),
    }));

    static string Listed(IEnumerable<string> evidence)
    {
        var lines = evidence.ToList();
        return string.Join('\n', lines.Take(Places).Select(line => line.ReplaceLineEndings(" "))) + (lines.Count > Places ? $"\nand {lines.Count - Places} more" : "");
    }
}

/// <summary>A test: it passed when it has no fault.</summary>
internal sealed record Case(string Class, string Name, Fault? Problem = null);

/// <param name="Kind">The element: <c>failure</c>, <c>error</c> or <c>skipped</c>.</param>
/// <param name="Type">Null for a skipped case, which has none.</param>
internal sealed record Fault(string Kind, string Message, string? Type, string Text);
