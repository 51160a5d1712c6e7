using Microsoft.EntityFrameworkCore;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Store.Advisories;

/// <summary>The problems that images have, those that are known to be attacked first, then the worst.</summary>
internal static class ProblemList
{
    // Every problem by itself first: what a page has in it follows from all of its rows.
    const string Statement =
        """
        SELECT problem, exploited, severity, fixable, unconfirmed, first_epoch FROM (
            SELECT problem, MAX(CASE WHEN known_exploited THEN 1 ELSE 0 END) AS exploited, COALESCE(MAX(severity), -1) AS severity, MAX(CASE WHEN fixed_in IS NULL THEN 0 ELSE 1 END) AS fixable,
                MIN(CASE WHEN unconfirmed THEN 1 ELSE 0 END) AS unconfirmed, MIN(first_epoch) AS first_epoch
            FROM vulnerabilities GROUP BY problem) AS problems
        WHERE severity >= $1 AND exploited BETWEEN $2 AND $3 AND fixable BETWEEN $4 AND $5
            AND (exploited < $6 OR exploited = $6 AND (severity < $7 OR severity = $7 AND problem > $8))
        ORDER BY exploited DESC, severity DESC, problem LIMIT $9
        """;

    /// <summary>The first <paramref name="take"/> of them behind a place in the list.</summary>
    public static async Task<IReadOnlyList<ListedProblem>> Problems(this PlimsollDb db, ProblemQuestion question, ProblemPlace after, int take, CancellationToken ct)
    {
        var found = new List<ListedProblem>();
        while (found.Count < take)
        {
            var rows = await db.Rows(Statement, row => new Row(row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3) == 1, row.GetInt32(4) == 1, row.GetInt64(5)),
                [(int?)question.AtLeast ?? -1, question.Exploited is true ? 1 : 0, question.Exploited is false ? 0 : 1, question.Fixable is true ? 1 : 0, question.Fixable is false ? 0 : 1, after.Exploited, after.Severity, after.Problem, take], ct);
            if (rows.Count == 0)
                break;
            // One that no image has any more is nobody's: the next ones come in its place.
            var (images, packages) = (await db.CountImages(rows, ct), await db.CountPackages(rows, ct));
            found.AddRange(rows.Where(row => images.ContainsKey(row.Problem)).Select(row => new ListedProblem(
                row.Place, row.Severity < 0 ? null : (Severity)row.Severity, row.Exploited == 1, row.Fixable, row.Unconfirmed, packages.GetValueOrDefault(row.Problem), images[row.Problem], row.FirstEpoch)));
            after = rows[^1].Place;
        }
        return [.. found.Take(take)];
    }

    static Task<Dictionary<string, int>> CountImages(this PlimsollDb db, IEnumerable<Row> rows, CancellationToken ct)
    {
        var problems = rows.Select(row => row.Problem).ToList();
        // Sets first, as numbers: images with the same packages share one.
        return db.Vulnerabilities.Where(row => problems.Contains(row.Problem))
            .Join(db.ComponentSetItems, row => row.ComponentId, item => item.ComponentId, (row, item) => new { row.Problem, item.SetId }).Distinct()
            .Join(db.Images, one => (long?)one.SetId, image => image.ComponentSetId, (one, image) => one.Problem)
            .GroupBy(problem => problem).Select(images => new { Problem = images.Key, Count = images.Count() }).ToDictionaryAsync(one => one.Problem, one => one.Count, StringComparer.Ordinal, ct);
    }

    static Task<Dictionary<string, int>> CountPackages(this PlimsollDb db, IEnumerable<Row> rows, CancellationToken ct)
    {
        var problems = rows.Select(row => row.Problem).ToList();
        return db.Vulnerabilities.Where(row => problems.Contains(row.Problem)).InUse(db).Select(row => new { row.Problem, row.ComponentId }).Distinct()
            .GroupBy(one => one.Problem).Select(packages => new { Problem = packages.Key, Count = packages.Count() }).ToDictionaryAsync(one => one.Problem, one => one.Count, StringComparer.Ordinal, ct);
    }

    sealed record Row(string Problem, int Exploited, int Severity, bool Fixable, bool Unconfirmed, long FirstEpoch)
    {
        public ProblemPlace Place => new(Exploited, Severity, Problem);
    }
}

/// <summary>Which problems; null: whatever it is.</summary>
/// <param name="AtLeast">Those that nobody rated are below all.</param>
internal sealed record ProblemQuestion(Severity? AtLeast, bool? Exploited, bool? Fixable);

/// <summary>A place in the list.</summary>
/// <param name="Severity">-1 where nobody rated it.</param>
internal sealed record ProblemPlace(int Exploited, int Severity, string Problem)
{
    /// <summary>Before all.</summary>
    public static ProblemPlace Start { get; } = new(2, 0, "");
}

/// <param name="Packages">Components that have it, of images.</param>
internal sealed record ListedProblem(ProblemPlace Place, Severity? Severity, bool KnownExploited, bool Fixable, bool Unconfirmed, int Packages, int Images, long FirstEpoch);
