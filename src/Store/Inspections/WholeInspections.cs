using Plimsoll.Engine;

namespace Plimsoll.Store.Inspections;

internal static class WholeInspections
{
    /// <summary>Those whose images are all there still, with reports of the current rules.</summary>
    public static IQueryable<InspectionRow> Whole(this IQueryable<InspectionRow> inspections, PlimsollDb db) => inspections.Where(row => row.Found > 0
        && row.Found == db.InspectedImages.Count(found => found.InspectionId == row.Id && db.Images.Any(image => image.Digest == found.ImageDigest && image.Revision == Rules.Revision)));
}
