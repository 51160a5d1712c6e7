using Plimsoll.Engine.Advisories;
using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Reports.CycloneDx;
using Plimsoll.Engine.Reports.Spdx;
using Plimsoll.Engine.Sboms;
using Plimsoll.Engine.Tests.Advisories.Library;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Sboms;

/// <summary>What is known of an image is known of its SBOM too, in either form.</summary>
internal static class RoundTrip
{
    public static IReadOnlyList<Action<Report, Stream>> Forms { get; } = [CycloneDxFormat.Write, SpdxFormat.Write];

    public static async Task Holds(ImageReport judged, AdvisoryLibrary library)
    {
        foreach (var form in Forms)
        {
            var image = Assert.Single((await Read(new Report([judged], []), form)).Images);
            Assert.Equal(Components(judged), Components(image));
            var again = KnownAdvisories.Of(library, [image])!.Judge(image, LibrarySample.Now);
            Assert.Equal(Found(judged), Found(again));
            Assert.Equal(judged.Advisories!.Uncovered, again.Advisories!.Uncovered);
            Assert.Equal(judged.Advisories.Undecided.Count, again.Advisories.Undecided.Count);
        }
    }

    public static Task<Report> Read(Report report, Action<Report, Stream> form) => Read(FormatSamples.Written(output => form(report, output)));

    public static async Task<Report> Read(byte[] document)
    {
        using var input = new MemoryStream(document);
        return await SbomReader.Read(input, "web.json", TestContext.Current.CancellationToken);
    }

    /// <summary>All that decides what matches.</summary>
    public static HashSet<Component> Components(ImageReport image) =>
        [.. image.Packages.Where(package => package.RemovedIn is null).Select(package => Component.Of(package, image.Config.OperatingSystem)).Where(component => component.Ecosystem is not null)];

    static HashSet<(string, string, string?)> Found(ImageReport image) => [.. image.Vulnerabilities!.Select(one => (one.Id, one.Package, one.FixedIn))];
}
