using Microsoft.EntityFrameworkCore;
using Plimsoll.Engine.Reports;
using Plimsoll.Store.Advisories;
using Plimsoll.Store.Inspections;

namespace Plimsoll.Store.Images;

/// <summary>Writes what an inspection found into its transaction.</summary>
internal static class ImageStore
{
    // What a later inspection replaces; the values of a statement are these from the fifth on.
    static readonly string[] Renewed = ["findings", "packages", "revision", "inspected_at", "report", "component_set_id", "chain_id"];

    static readonly string Change = $$"""
        UPDATE images SET reference = COALESCE({2}, reference), {{Set((_, at) => $"{{{at + 5}}}")}} WHERE digest = {0} RETURNING number
        """;

    // Where another transaction has stored it meanwhile, it is changed after all.
    static readonly string Insert = $$"""
        INSERT INTO images (digest, config_digest, reference, platform, size, {{string.Join(", ", Renewed)}} COLUMN)
        VALUES ({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}, {9}, {10}, {11} VALUE)
        ON CONFLICT (digest) DO UPDATE SET reference = COALESCE(excluded.reference, images.reference), {{Set((column, _) => $"excluded.{column}")}} RETURNING number
        """;

    // PostgreSQL counts by itself; SQLite has one writer.
    static readonly string InPostgres = Insert.Replace(" COLUMN", "", StringComparison.Ordinal).Replace(" VALUE)", ")", StringComparison.Ordinal),
        InSqlite = Insert.Replace(" COLUMN", ", number", StringComparison.Ordinal).Replace(" VALUE)", ", (SELECT COALESCE(MAX(number), 0) + 1 FROM images))", StringComparison.Ordinal);

    /// <summary>An image is stored once, whoever inspects it; a later inspection replaces its report.</summary>
    /// <param name="isAll">Whether these are all images of what was inspected: only then it answers whoever asks for the same again.</param>
    public static async Task Store(this PlimsollDb db, Guid inspection, IReadOnlyList<ImageReport> images, bool isAll, DateTimeOffset now, CancellationToken ct)
    {
        var number = 0;
        // In one order everywhere: two transactions that store the same images wait for each other, but never in a circle.
        foreach (var image in images.DistinctBy(DigestOf).OrderBy(DigestOf, StringComparer.Ordinal))
        {
            var digest = DigestOf(image);
            var id = await Upsert(db, digest, image, await db.ComponentsOf(image, ct), now, ct);
            await db.ImageLayers.Where(row => row.ImageDigest == digest).ExecuteDeleteAsync(ct);
            await db.ImagePackages.Where(row => row.ImageNumber == id).ExecuteDeleteAsync(ct);
            db.ImageLayers.AddRange(image.Layers.Select((layer, i) => new ImageLayerRow { ImageDigest = digest, Number = i, DiffId = layer.DiffId.Value }));
            db.ImagePackages.AddRange(await db.PackagesOf(id, image.Packages, ct));
            db.InspectedImages.Add(new InspectedImageRow { InspectionId = inspection, ImageDigest = digest, Number = number++ });
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
        }
        await db.Inspections.Where(row => row.Id == inspection).ExecuteUpdateAsync(set => set.SetProperty(row => row.Found, isAll ? number : 0), ct);
    }

    static string Set(Func<string, int, string> value) => string.Join(", ", Renewed.Select((column, at) => $"{column} = {value(column, at)}"));

    /// <summary>The digest that an image is known by.</summary>
    public static string DigestOf(ImageReport image) => (image.Image.ManifestDigest ?? image.Image.ConfigDigest).Value;

    // Returns its number.
    static async Task<int> Upsert(PlimsollDb db, string digest, ImageReport image, int components, DateTimeOffset now, CancellationToken ct)
    {
        var (config, reference, platform) = (image.Image.ConfigDigest.Value, image.Image.Reference, image.Image.Platform.ToString());
        var (packages, packed, moment) = (image.Packages.Count(package => package is { RemovedIn: null, OwnedBy: null }), StoredReport.Pack(image), now.UtcDateTime);
        var chain = KnownBases.ChainOf([.. image.Layers.Select(layer => layer.DiffId)]);
        // Changed before it is inserted: PostgreSQL takes a number for each image that it tries to insert, and they are to last.
        return await Run(Change) is [var known] ? known : (await Run(db.Database.IsNpgsql() ? InPostgres : InSqlite))[0];

        Task<List<int>> Run(string statement) => db.Database.SqlQueryRaw<int>(
            statement, digest, config, reference!, platform, image.Image.Size, image.Findings.Count, packages, Engine.Rules.Revision, moment, packed, components, chain).ToListAsync(ct);
    }
}
