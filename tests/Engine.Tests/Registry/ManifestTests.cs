using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Registry.RegistryCase;
using static Plimsoll.Engine.Tests.Registry.ScriptedRegistry;

namespace Plimsoll.Engine.Tests.Registry;

/// <summary>Which documents are fetched, where from, and what one that is missing costs.</summary>
public sealed class ManifestTests
{
    static readonly TestImage Arm = new([.. Image.Layers]) { Packed = Packing.Gzip, Architecture = "arm64" };

    /// <summary>A registry with an index of both images; every document has the type that the test says, in its header as in the index.</summary>
    static ScriptedRegistry WithIndex(string? type = null, Func<Digest, Answer?>? instead = null)
    {
        var index = JsonNode.Parse(TestImage.Index(Image, Arm))!;
        foreach (var pointer in index["manifests"]!.AsArray())
            pointer!["mediaType"] = type ?? (string)pointer["mediaType"]!;
        if (type is not null)
            index.AsObject().Remove("mediaType");
        var indexBytes = Encoding.UTF8.GetBytes(index.ToJsonString());
        return new ScriptedRegistry((request, _) =>
        {
            var path = request.Url!.AbsolutePath;
            if (path.EndsWith("/manifests/1", StringComparison.Ordinal))
                return new(200, indexBytes, type ?? "application/vnd.oci.image.index.v1+json");
            var digest = Digest.Parse(path[(path.LastIndexOf('/') + 1)..]);
            byte[][] served = path.Contains("/manifests/", StringComparison.Ordinal) ? [Image.ManifestBytes, Arm.ManifestBytes] : [.. Image.Stored, Image.ConfigBytes, Arm.ConfigBytes];
            return instead?.Invoke(digest) ?? (Array.Find(served, bytes => digest.IsOf(bytes)) is { } found ? new(200, found, type) : new(404));
        });
    }

    static async Task<Report> Inspect(ScriptedRegistry registry, string platform)
    {
        var request = new InspectionRequest(new ImageSource.Registry(ImageName.Parse($"{registry.Host}/shop/web:1")), Platform.Parse(platform));
        var options = new RegistryOptions { PlainHttp = new HashSet<string> { registry.Host } };
        return (await new Inspector(Engine.Archives.Limits.Default, options).Inspect(request, null, TestContext.Current.CancellationToken)).Report;
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("")]
    public async Task Manifests_are_known_by_their_place_and_not_by_their_type(string type)
    {
        await using var registry = WithIndex(type);
        var report = await RegistryCase.Inspect(registry);
        Assert.Empty(report.Failures);
        Assert.Equal(["linux/amd64", "linux/arm64"], report.Images.Select(image => image.Image.Platform.ToString()));
    }

    [Fact]
    public async Task Each_document_is_fetched_once()
    {
        await using var registry = WithIndex();
        Assert.Equal(2, (await RegistryCase.Inspect(registry)).Images.Count);
        Assert.Equal(registry.Asked.Count, registry.Asked.Select(asked => asked.Path).Distinct().Count());
        Assert.Equal(3, registry.Asked.Count(asked => asked.Path.Contains("/manifests/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task A_broken_manifest_of_an_index_costs_no_other(string? body)
    {
        await using var registry = WithIndex(instead: digest => digest != Arm.ManifestDigest ? null : body is null ? new(404) : new(200, Encoding.UTF8.GetBytes(body)));
        var report = await RegistryCase.Inspect(registry);
        Assert.Equal("linux/amd64", Assert.Single(report.Images).Image.Platform.ToString());
        Assert.Equal($"{registry.Host}/shop/web:1 (linux/arm64, {Arm.ManifestDigest})", Assert.Single(report.Failures).Image);
    }

    [Fact]
    public async Task A_missing_manifest_of_a_platform_that_nobody_asked_for_is_not_told()
    {
        await using var registry = WithIndex(instead: digest => digest == Arm.ManifestDigest ? new(404) : null);
        var report = await Inspect(registry, "linux/amd64");
        Assert.Empty(report.Failures);
        Assert.Single(report.Images);
    }

    [Fact]
    public async Task A_missing_manifest_of_the_platform_that_was_asked_for_fails_the_whole()
    {
        await using var registry = WithIndex(instead: digest => digest == Arm.ManifestDigest ? new(404) : null);
        var report = await Inspect(registry, "linux/arm64");
        Assert.Empty(report.Images);
        var failure = Assert.Single(report.Failures);
        Assert.Equal(($"{registry.Host}/shop/web:1", $"the registry {registry.Host} has no manifest {Arm.ManifestDigest}"), (failure.Image, failure.Reason));
    }

    [Fact]
    public async Task A_layout_that_lacks_a_manifest_gives_the_other_images()
    {
        var files = TestImage.LayoutOf(TestImage.Index(Image, Arm), Image, Arm);
        files.Remove(TestImage.BlobName(Arm.ManifestBytes));
        var report = (await TestImage.Inspect(TestImage.Tar(files))).Report;
        Assert.Equal("linux/amd64", Assert.Single(report.Images).Image.Platform.ToString());
        Assert.Equal($"{Arm.Name} (linux/arm64, {Arm.ManifestDigest})", Assert.Single(report.Failures).Image);
    }
}
