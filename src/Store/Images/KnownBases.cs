using Microsoft.EntityFrameworkCore;
using Plimsoll.Engine.Bases;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Store.Images;

/// <summary>What an image was built on, among the images that were inspected. It is looked up when it is asked for, so that a base that comes later counts at once.</summary>
internal static class KnownBases
{
    /// <summary>Images of which the chain is made in one go.</summary>
    const int Batch = 500;

    // Each chain by itself, so that the index finds the last of however many images there are on it.
    const string Longest = """
        SELECT number, digest, (SELECT reference FROM images WHERE images.digest = known.digest)
        FROM (SELECT number, (SELECT digest FROM images WHERE chain_id = chain ORDER BY inspected_at DESC, digest LIMIT 1) AS digest FROM CHAINS) AS known
        WHERE digest IS NOT NULL ORDER BY number DESC LIMIT 1
        """;

    public static readonly string InPostgres = Longest.Replace("CHAINS", "unnest($1) WITH ORDINALITY AS chains (chain, number)", StringComparison.Ordinal);

    static readonly string InSqlite = Longest.Replace("CHAINS", "(SELECT value AS chain, key + 1 AS number FROM json_each($1)) AS chains", StringComparison.Ordinal);

    /// <summary>What <see cref="ImageRow.ChainId"/> is of these layers.</summary>
    public static string ChainOf(IReadOnlyList<Digest> diffIds) => ChainId.Of(diffIds) is [.., var whole] ? whole.Value : "";

    /// <summary>The chains by which bases of an image are found, from its lowest layer alone to all but the last.</summary>
    public static IReadOnlyList<string> ChainsBelow(ImageReport image) => [.. ChainId.Of([.. image.Layers.Select(layer => layer.DiffId)]).SkipLast(1).Select(chain => chain.Value)];

    /// <summary>The stored image that has the most of the layers; of several that are alike the one that was inspected last.</summary>
    /// <returns>Null where there is none.</returns>
    public static async Task<BaseImage?> BaseIn(this PlimsollDb db, IReadOnlyList<string> chains, CancellationToken ct)
    {
        if (chains.Count == 0)
            return null;
        var isPostgres = db.Database.IsNpgsql();
        object numbered = isPostgres ? chains.ToArray() : $"[{string.Join(',', chains.Select(chain => $"\"{chain}\""))}]";
        var found = await db.Rows(isPostgres ? InPostgres : InSqlite, row => new BaseImage(row.Text(2), Digest.Parse(row.GetString(1)), (int)row.GetInt64(0), BaseEvidence.KnownImage), [numbered], ct);
        return found is [var known] ? known : null;
    }

    /// <summary>The report with the base that is stored; where none is, with what the image says itself.</summary>
    public static async Task<ImageReport> OnKnownBase(this PlimsollDb db, ImageReport image, CancellationToken ct) =>
        await db.BaseIn(ChainsBelow(image), ct) is { } known ? image.WithBase(known) : image;

    /// <summary>Of images that were stored by a version without chains.</summary>
    public static async Task FillInChains(this PlimsollDb db, CancellationToken ct)
    {
        while (await db.Images.Where(row => row.ChainId == null).OrderBy(row => row.Digest).Select(row => row.Digest).Take(Batch).ToListAsync(ct) is { Count: > 0 } images)
        {
            var layers = (await db.ImageLayers.Where(row => images.Contains(row.ImageDigest)).OrderBy(row => row.Number).Select(row => new { row.ImageDigest, row.DiffId }).ToListAsync(ct)).ToLookup(row => row.ImageDigest, row => row.DiffId);
            foreach (var image in images)
            {
                var chain = ChainOf([.. layers[image].Select(diffId => Digest.Parse(diffId))]);
                await db.Images.Where(row => row.Digest == image && row.ChainId == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.ChainId, chain), ct);
            }
        }
    }
}
