using Plimsoll.Engine.Advisories;
using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Advisories;

/// <summary>The library of this machine, held against a report.</summary>
internal static class AdvisoryChoice
{
    /// <summary>The report with the vulnerabilities that the library knows; as it was where there is no library. Or why a library that is there is of no use.</summary>
    /// <exception cref="DamagedLibraryException">A part of the library is not what was written there.</exception>
    public static (Report Report, string? Problem) Of(Report report)
    {
        var opening = AdvisoryLibrary.Open(LibraryPath.Current);
        if (opening.Library is not { } library)
            return (report, opening.IsMissing ? null : $"{opening.Problem}: bring the advisories anew with 'plimsoll advisories update --replace', or remove the file to do without");
        using (library)
            return KnownAdvisories.Of(library, report.Images) is { } known
                ? (report with { Images = [.. report.Images.Select(image => known.Judge(image, TimeProvider.System.GetUtcNow()))] }, null)
                : (report, null);
    }
}
