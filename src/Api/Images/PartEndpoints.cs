using Microsoft.AspNetCore.Http.HttpResults;
using Plimsoll.Api.Http;
using Plimsoll.Client;
using Plimsoll.Engine.Reports;
using Plimsoll.Store.Images;

namespace Plimsoll.Api.Images;

/// <summary>The long lists of a report, in pages and filtered.</summary>
internal static class PartEndpoints
{
    public static void MapParts(this RouteGroupBuilder images)
    {
        images.MapGet("/{digest}/layers", Layers).ProducesProblem(400).ProducesProblem(404);
        images.MapGet("/{digest}/packages", Packages).ProducesProblem(400).ProducesProblem(404);
        images.MapGet("/{digest}/findings", Findings).ProducesProblem(400).ProducesProblem(404);
        images.MapGet("/{digest}/vulnerabilities", Vulnerabilities).ProducesProblem(400).ProducesProblem(404);
        images.MapGet("/{digest}/secrets", Secrets).ProducesProblem(400).ProducesProblem(404);
    }

    static Task<Results<Ok<Page<LayerReport>>, ProblemHttpResult>> Layers(string digest, ReportReader reports, CancellationToken ct, string? cursor = null, int? size = null) =>
        Part(digest, reports, report => report.Layers, cursor, size, ct);

    /// <param name="type">Such as <c>deb</c> or <c>npm</c>.</param>
    /// <param name="name">What the name begins with.</param>
    /// <param name="removed">Whether a layer took it away again; null: both.</param>
    static Task<Results<Ok<Page<PackageReport>>, ProblemHttpResult>> Packages(
        string digest, ReportReader reports, CancellationToken ct, string? type = null, string? name = null, bool? removed = null, string? cursor = null, int? size = null) =>
        Part(digest, reports, report => report.Packages.Where(one => (type is null || one.Type == type) && (name is null || one.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            && (removed is null || removed == one.RemovedIn is not null)), cursor, size, ct);

    /// <param name="severity">At least this: info, low, medium, high or critical.</param>
    /// <param name="check">The id of a check.</param>
    /// <param name="path">A file, or a directory with all below it.</param>
    static async Task<Results<Ok<Page<Finding>>, ProblemHttpResult>> Findings(
        string digest, ReportReader reports, CancellationToken ct, string? severity = null, string? check = null, string? path = null, string? cursor = null, int? size = null) =>
        Least(severity) is not { } least ? BadSeverity()
        : await Part(digest, reports, report => report.Findings.Where(one => one.Severity >= least && (check is null || one.Check == check) && IsUnder(one.Path, path)), cursor, size, ct);

    /// <param name="severity">At least this: info, low, medium, high or critical.</param>
    /// <param name="rule">The id of a rule.</param>
    /// <param name="path">A file, or a directory with all below it.</param>
    static async Task<Results<Ok<Page<SecretReport>>, ProblemHttpResult>> Secrets(
        string digest, ReportReader reports, CancellationToken ct, string? severity = null, string? rule = null, string? path = null, string? cursor = null, int? size = null) =>
        Least(severity) is not { } least ? BadSeverity()
        : await Part(digest, reports, report => report.Secrets.Where(one => one.Severity >= least && (rule is null || one.Rule == rule) && IsUnder(one.Path, path)), cursor, size, ct);

    /// <param name="severity">At least this: info, low, medium, high or critical; else those that nobody rated too.</param>
    /// <param name="package">The name of a package, or its package URL.</param>
    /// <param name="fixable">Whether there is a version without it.</param>
    /// <param name="exploited">Whether it is known to be attacked.</param>
    /// <param name="fromBase">Whether the base image brought it; where that is not known it is neither.</param>
    static async Task<Results<Ok<Page<VulnerabilityReport>>, ProblemHttpResult>> Vulnerabilities(
        string digest, ReportReader reports, CancellationToken ct, string? severity = null, string? package = null, bool? fixable = null, bool? exploited = null, bool? fromBase = null, string? cursor = null, int? size = null)
    {
        if (Least(severity) is not { } least)
            return BadSeverity();
        if (await reports.Find(digest, ct) is not { } stored)
            return Problems.ImageNotFound(digest);
        // None would be a lie.
        return stored.Read().Vulnerabilities is not { } all ? Problems.Of(404, "no-advisory-data", "Vulnerabilities are not known", "there are no advisories to match the packages with; POST /v1/advisories brings some in")
            : Paging.Of(all.Where(one => (severity is null || one.Severity >= least) && (package is null || one.Name == package || one.Package == package)
                && (fixable is null || fixable == one.IsFixedLater) && (exploited is null || exploited == one.KnownExploited) && (fromBase is null || fromBase == one.FromBase)), one => one, cursor, size);
    }

    /// <summary>Whether a path is the one that is asked for or below it; everything is below none.</summary>
    public static bool IsUnder(string? path, string? under) => under?.Trim('/') is not { Length: > 0 } place
        || path is not null && path.StartsWith(place, StringComparison.Ordinal) && (path.Length == place.Length || path[place.Length] == '/');

    static async Task<Results<Ok<Page<T>>, ProblemHttpResult>> Part<T>(
        string digest, ReportReader reports, Func<ImageReport, IEnumerable<T>> part, string? cursor, int? size, CancellationToken ct) =>
        await reports.Find(digest, ct) is { } stored ? Paging.Of(part(stored.Read()), item => item, cursor, size) : Problems.ImageNotFound(digest);

    /// <summary>The severity of this name, and the least one without a name; null for no severity.</summary>
    public static Severity? Least(string? word) => word is null ? Severity.Info
        : Enum.TryParse<Severity>(word, ignoreCase: true, out var severity) && Enum.IsDefined(severity) && !char.IsAsciiDigit(word[0]) ? severity : null;

    public static ProblemHttpResult BadSeverity() => Problems.BadRequest("severity takes info, low, medium, high or critical");
}
