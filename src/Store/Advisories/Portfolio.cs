using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Engine.Advisories.Records;
using Plimsoll.Store.Images;

namespace Plimsoll.Store.Advisories;

/// <summary>Questions about the vulnerabilities of all images at once.</summary>
internal static class Portfolio
{
    /// <summary>The images that have a problem.</summary>
    /// <param name="advisories">The records about it, as <see cref="AdvisoryLibrary.Find(string)"/> gives them.</param>
    public static IQueryable<ImageRow> ImagesWith(this PlimsollDb db, IEnumerable<Advisory> advisories)
    {
        var records = db.RecordsOf(advisories);
        return db.Images.Where(image => db.ComponentSetItems.Any(item => item.SetId == image.ComponentSetId && records.Any(row => row.ComponentId == item.ComponentId)));
    }

    /// <summary>The rows of a problem, each component and each record by itself.</summary>
    /// <inheritdoc cref="ImagesWith"/>
    public static IQueryable<VulnerabilityRow> RecordsOf(this PlimsollDb db, IEnumerable<Advisory> advisories)
    {
        var ids = advisories.Select(advisory => advisory.Id).ToList();
        return db.Vulnerabilities.Where(row => ids.Contains(row.AdvisoryId));
    }

    /// <summary>Those whose component an image still has.</summary>
    public static IQueryable<VulnerabilityRow> InUse(this IQueryable<VulnerabilityRow> rows, PlimsollDb db) =>
        rows.Where(row => db.ComponentSetItems.Any(item => item.ComponentId == row.ComponentId && db.Images.Any(image => image.ComponentSetId == item.SetId)));
}
