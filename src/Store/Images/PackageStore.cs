using Microsoft.EntityFrameworkCore;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Store.Images;

/// <summary>Writes packages, each once for all images.</summary>
internal static class PackageStore
{
    /// <summary>Rows of one statement: six values each, below SQLite's limit of parameters.</summary>
    const int Batch = 500;

    /// <summary>The rows that tie an image to the packages that are installed in it. Those packages that no image had so far are written.</summary>
    public static async Task<List<ImagePackageRow>> PackagesOf(this PlimsollDb db, int image, IReadOnlyList<PackageReport> packages, CancellationToken ct)
    {
        var rows = new List<ImagePackageRow>(packages.Count);
        // The order is one for all transactions, so that they never wait in a circle.
        var each = packages.Where(package => package.RemovedIn is null).DistinctBy(package => package.Purl, StringComparer.Ordinal).OrderBy(package => package.Purl, StringComparer.Ordinal);
        foreach (var batch in each.Chunk(Batch))
        {
            var ids = await Ids(db, batch, ct);
            if (batch.Where(package => !ids.ContainsKey(package.Purl)).ToList() is { Count: > 0 } missing)
            {
                await Insert(db, missing, ct);
                ids = await Ids(db, batch, ct);
            }
            rows.AddRange(batch.Select(package => new ImagePackageRow { ImageNumber = image, PackageId = ids[package.Purl] }));
        }
        return rows;
    }

    static Task<Dictionary<string, int>> Ids(PlimsollDb db, PackageReport[] packages, CancellationToken ct)
    {
        var purls = packages.Select(package => package.Purl).ToList();
        return db.Packages.Where(row => purls.Contains(row.Purl)).Select(row => new { row.Purl, row.Id }).ToDictionaryAsync(row => row.Purl, row => row.Id, StringComparer.Ordinal, ct);
    }

    static Task<int> Insert(PlimsollDb db, List<PackageReport> packages, CancellationToken ct)
    {
        var values = new List<object?>();
        var tuples = new List<string>();
        foreach (var package in packages)
        {
            tuples.Add($"({string.Join(", ", Enumerable.Range(values.Count, 6).Select(i => $"{{{i}}}"))})");
            values.AddRange([package.Purl, package.Type, package.Name, package.Version, package.Source?.Name, package.Source?.Version]);
        }
        var statement = $"INSERT INTO packages (purl, type, name, version, source_name, source_version) VALUES {string.Join(", ", tuples)} ON CONFLICT (purl) DO NOTHING";
        return db.Database.ExecuteSqlRawAsync(statement, values!, ct);
    }
}
