using Plimsoll.Engine.Checks;

namespace Plimsoll.Engine.Reports;

/// <summary>What other tools track: a finding of a check, a secret or a vulnerability, each of them once.</summary>
/// <param name="Rule">The id of the check or of the vulnerability; <c>secret/RULE</c> for a secret.</param>
/// <param name="Evidence">What was seen and where. A secret is masked.</param>
/// <param name="Location">Where the configuration or the history holds it; null for a file and for a finding about the image as a whole.</param>
/// <param name="Key">What tells it from others of its rule in every build of the image: no layer, no line, no value.</param>
internal sealed record Problem(
    string Rule, Severity Severity, string Title, string Evidence, string Remedy, int? Layer, string? Path, int? Line, string? Location, string? Code, string Key)
{
    const string SecretRemedy = "Take it out, build the image again and change it: whoever has the image has it";

    /// <summary>The checks that say of the whole image what <see cref="ImageReport.Secrets"/> says one by one.</summary>
    static readonly string[] Repeated = ["secret-in-env", "secret-in-history"];

    /// <summary>Null for all else.</summary>
    public VulnerabilityReport? Vulnerability { get; init; }

    /// <summary>Whether supplier or team state that it does no harm here: it is found, and nobody has to do anything.</summary>
    public bool IsSetAside => Vulnerability is { IsSetAside: true };

    public bool IsSecret => Rule.StartsWith("secret/", StringComparison.Ordinal);

    /// <summary>The worst first, then by rule; within a rule as the report has them.</summary>
    public static IReadOnlyList<Problem> Of(ImageReport image) =>
    [
        .. image.Findings.Where(finding => !Repeated.Contains(finding.Check)).Select(Of).Concat(image.Secrets.Select(Of))
            .Concat((image.Vulnerabilities ?? []).Where(one => !one.Unconfirmed).Select(one => Of(one, image)))
            .OrderByDescending(problem => problem.Severity).ThenBy(problem => problem.Rule, StringComparer.Ordinal),
    ];

    static Problem Of(Finding finding) => new(
        finding.Check, finding.Severity, finding.Title, finding.Evidence, finding.Remedy, finding.Layer, finding.Path, Line: null, Location: null, finding.Code,
        finding.Path ?? finding.Evidence);

    static Problem Of(SecretReport secret) => new(
        $"secret/{secret.Rule}", secret.Severity, secret.Title,
        $"{secret.Location} = {secret.Masked}{(secret.RemovedIn is { } layer ? $", replaced or deleted by layer {layer}, still in the image" : "")}",
        SecretRemedy, secret.Layer, secret.Path, secret.Line, secret.Path is null ? secret.Location : null, Code: null,
        secret.Path ?? Lasting(secret.Location));

    // What nobody rated is in the middle: it is not harmless, and nobody says that it is worse. Its place is what says that the package is there.
    static Problem Of(VulnerabilityReport one, ImageReport image) => new(
        one.Id, one.Severity ?? Severity.Medium, one.Summary ?? $"{one.Id} in {one.Name}",
        $"{one.Name} {one.Installed}{(one.KnownExploited ? ", known to be exploited" : "")}: {string.Join("; ", one.Explanation)}",
        one.FixedIn is { } fix ? $"Update {one.Name} to {fix}" : $"No version of {one.Name} without it is known",
        one.Layer, image.Packages.FirstOrDefault(package => package.Purl == one.Package && package.Layer == one.Layer) is { Locations: [var place, ..] } ? place.Split("!/")[0] : null,
        Line: null, Location: null, Code: null, $"{one.Name} {one.Package.Split(['@', '?'])[0]}") { Vulnerability = one };

    // "history step 4 TOKEN": a step that is added before it changes the number.
    static string Lasting(string location) => location.StartsWith("history step ", StringComparison.Ordinal)
        ? "history" + location["history step ".Length..].TrimStart("0123456789".ToCharArray()) : location;

    /// <summary>The title that all of a rule share, and its usual severity.</summary>
    public static (string Title, Severity Severity) RuleOf(IEnumerable<Problem> problems)
    {
        var worst = problems.MaxBy(problem => problem.Severity)!;
        return CheckCatalogue.All.FirstOrDefault(check => check.Id == worst.Rule) is { } check ? (check.Title, check.Severity) : (worst.Title, worst.Severity);
    }
}
