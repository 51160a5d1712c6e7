using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Engine.Advisories.Records;
using Plimsoll.Store.Images;

namespace Plimsoll.Store.Advisories;

/// <summary>Questions about the vulnerabilities of all images at once.</summary>
internal static class Portfolio
{
    /// <summary>The images that have a problem.</summary>
    /// <param name="id">Any name of it, however it is typed: a CVE, or the id of a record.</param>
    public static IQueryable<ImageRow> ImagesWith(this PlimsollDb db, AdvisoryLibrary library, string id) => db.ImagesWith(library.Find(id));

    /// <param name="advisories">The records about a problem, as <see cref="AdvisoryLibrary.Find(string)"/> gives them.</param>
    /// <inheritdoc cref="ImagesWith(PlimsollDb, AdvisoryLibrary, string)"/>
    public static IQueryable<ImageRow> ImagesWith(this PlimsollDb db, IEnumerable<Advisory> advisories)
    {
        var records = db.RecordsOf(advisories);
        return db.Images.Where(image => db.ComponentSetItems.Any(item => item.SetId == image.ComponentSetId && records.Any(row => row.ComponentId == item.ComponentId)));
    }

    /// <summary>The rows of a problem, each component and each record by itself.</summary>
    /// <inheritdoc cref="ImagesWith(PlimsollDb, AdvisoryLibrary, string)"/>
    public static IQueryable<VulnerabilityRow> RecordsOf(this PlimsollDb db, AdvisoryLibrary library, string id) => db.RecordsOf(library.Find(id));

    /// <inheritdoc cref="ImagesWith(PlimsollDb, IEnumerable{Advisory})"/>
    public static IQueryable<VulnerabilityRow> RecordsOf(this PlimsollDb db, IEnumerable<Advisory> advisories)
    {
        var ids = advisories.Select(advisory => advisory.Id).ToList();
        return db.Vulnerabilities.Where(row => ids.Contains(row.AdvisoryId));
    }

    /// <summary>Those whose component an image still has.</summary>
    public static IQueryable<VulnerabilityRow> InUse(this IQueryable<VulnerabilityRow> rows, PlimsollDb db) =>
        rows.Where(row => db.ComponentSetItems.Any(item => item.ComponentId == row.ComponentId && db.Images.Any(image => image.ComponentSetId == item.SetId)));
}
