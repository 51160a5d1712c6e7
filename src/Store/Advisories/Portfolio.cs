using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Store.Images;

namespace Plimsoll.Store.Advisories;

/// <summary>Questions about the vulnerabilities of all images at once.</summary>
internal static class Portfolio
{
    /// <summary>The images that have a problem.</summary>
    /// <param name="id">Any name of it, however it is typed: a CVE, or the id of a record.</param>
    public static IQueryable<ImageRow> ImagesWith(this PlimsollDb db, AdvisoryLibrary library, string id)
    {
        var records = db.RecordsOf(library, id);
        return db.Images.Where(image => db.ComponentSetItems.Any(item => item.SetId == image.ComponentSetId && records.Any(row => row.ComponentId == item.ComponentId)));
    }

    /// <summary>The rows of a problem, each component and each record by itself.</summary>
    /// <inheritdoc cref="ImagesWith"/>
    public static IQueryable<VulnerabilityRow> RecordsOf(this PlimsollDb db, AdvisoryLibrary library, string id)
    {
        var ids = library.Find(id).Select(advisory => advisory.Id).ToList();
        return db.Vulnerabilities.Where(row => ids.Contains(row.AdvisoryId));
    }
}
