using System.Data.Common;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Store.Advisories;

/// <summary>The problems that images have, those that are known to be attacked first, then the worst.</summary>
internal static class ProblemList
{
    // Every problem by itself first: what a page has in it follows from all of its rows. What is counted is counted problem by problem: for all of
    // them at once PostgreSQL would read every item of every set. LIMIT keeps it from that too, where EXISTS would not.
    const string Statement =
        """
        SELECT problem, exploited, severity, fixable, unconfirmed, first_epoch,
            (SELECT COUNT(*) FROM images i WHERE i.component_set_id IN
                (SELECT c.set_id FROM vulnerabilities v JOIN component_set_items c ON c.component_id = v.component_id WHERE v.problem = page.problem)),
            (SELECT COUNT(DISTINCT v.component_id) FROM vulnerabilities v WHERE v.problem = page.problem AND
                (SELECT true FROM component_set_items c JOIN images i ON i.component_set_id = c.set_id WHERE c.component_id = v.component_id LIMIT 1))
        FROM (SELECT * FROM (
                SELECT problem, MAX(CASE WHEN known_exploited THEN 1 ELSE 0 END) AS exploited, COALESCE(MAX(severity), -1) AS severity, MAX(CASE WHEN fixed_in IS NULL THEN 0 ELSE 1 END) AS fixable,
                    MIN(CASE WHEN unconfirmed THEN 1 ELSE 0 END) AS unconfirmed, MIN(first_epoch) AS first_epoch
                FROM vulnerabilities GROUP BY problem) AS problems
            WHERE severity >= $1 AND exploited BETWEEN $2 AND $3 AND fixable BETWEEN $4 AND $5
                AND (exploited < $6 OR exploited = $6 AND (severity < $7 OR severity = $7 AND problem > $8))
            ORDER BY exploited DESC, severity DESC, problem LIMIT $9) AS page
        ORDER BY exploited DESC, severity DESC, problem
        """;

    /// <summary>The first <paramref name="take"/> of them behind a place in the list.</summary>
    public static async Task<IReadOnlyList<ListedProblem>> Problems(this PlimsollDb db, ProblemQuestion question, ProblemPlace after, int take, CancellationToken ct)
    {
        var found = new List<ListedProblem>();
        while (found.Count < take)
        {
            var rows = await db.Rows(Statement, Read,
                [(int?)question.AtLeast ?? -1, question.Exploited is true ? 1 : 0, question.Exploited is false ? 0 : 1, question.Fixable is true ? 1 : 0, question.Fixable is false ? 0 : 1, after.Exploited, after.Severity, after.Problem, take], ct);
            if (rows.Count == 0)
                break;
            // One that no image has any more is nobody's: the next ones come in its place.
            found.AddRange(rows.Where(row => row.Images > 0));
            after = rows[^1].Place;
        }
        return [.. found.Take(take)];
    }

    static ListedProblem Read(DbDataReader row) => new(
        new ProblemPlace(row.GetInt32(1), row.GetInt32(2), row.GetString(0)), row.GetInt32(2) is >= 0 and var severity ? (Severity)severity : null, row.GetInt32(1) == 1, row.GetInt32(3) == 1, row.GetInt32(4) == 1,
        (int)row.GetInt64(7), (int)row.GetInt64(6), row.GetInt64(5));
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
