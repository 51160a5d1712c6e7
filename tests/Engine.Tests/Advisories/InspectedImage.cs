using Plimsoll.Engine.Advisories;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Advisories.Library;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Advisories;

/// <summary>An image on its whole way: from the bytes of an archive through the inspector to what a library knows of it.</summary>
internal static class InspectedImage
{
    public static async Task<ImageReport> Judged(TestLayer layer, LibrarySample sample)
    {
        var (report, _) = await TestImage.Inspect(TestImage.Tar(new TestImage(layer.Tar()).BuildKit()));
        Assert.Empty(report.Failures);
        using var library = sample.Open();
        var judged = KnownAdvisories.Of(library, report.Images)!.Judge(Assert.Single(report.Images), LibrarySample.Now);
        await Sboms.RoundTrip.Holds(judged, library);
        return judged;
    }

    /// <summary>As <c>ID on package: why</c>.</summary>
    public static IEnumerable<string> Explained(this ImageReport image) => image.Vulnerabilities!.SelectMany(found => found.Explanation);

    public static TestLayer Os(string id, string version) => new TestLayer().File("etc/os-release", $"ID={id}\nVERSION_ID=\"{version}\"\nPRETTY_NAME=\"{id} {version}\"\n");
}
