using System.Text.Json.Nodes;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Images.Writing;
using Plimsoll.Engine.Optimizing;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Engine.Tests.Writing;

namespace Plimsoll.Engine.Tests.Optimizing;

/// <summary>Which layers are the base's where an image names it. By the distribution alone they would be two.</summary>
public sealed class BaseChoiceTests
{
    static readonly byte[][] Layers = [new TestLayer().File("a", 1).Tar(), new TestLayer().File("etc/os-release", "ID=x").Tar(), new TestLayer().File("b", 1).Tar()];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_image_of_a_registry_has_the_base_that_it_names_looked_up_there(bool inLabel)
    {
        await using var registry = new TakingRegistry();
        var (image, its) = (Naming($"{registry.Host}/base:12", inLabel), new TestImage(Layers[0]));
        Serve(registry, "12", its);
        var done = await Keep(registry, image);
        Assert.Equal(new KeptBase(1, $"shared with {registry.Host}/base:12, which the image names"), done.Base);
        Assert.Contains(registry.Asked, asked => asked.Path == "/v2/base/manifests/12");
        Assert.DoesNotContain(registry.Asked, asked => asked.Path == $"/v2/base/blobs/{Digest.Of(Layers[0])}");
    }

    [Fact]
    public async Task The_digest_that_it_names_counts_where_the_tag_has_moved_on()
    {
        await using var registry = new TakingRegistry();
        var its = new TestImage(Layers[0]);
        Serve(registry, "12", new TestImage(Layers[2]));
        Serve(registry, its.ManifestDigest.Value, its);
        var image = Naming($"{registry.Host}/base:12", inLabel: false, its.ManifestDigest);
        Assert.Equal(1, (await Keep(registry, image)).Base.Layers);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_base_that_is_out_of_reach_or_not_its_own_is_told_and_the_distribution_counts(bool isThere)
    {
        await using var registry = new TakingRegistry();
        if (isThere)
            Serve(registry, "12", new TestImage(Layers[2]));
        var kept = (await Keep(registry, Naming($"{registry.Host}/base:12", inLabel: false))).Base;
        Assert.Equal(new KeptBase(2, $"up to the first that brings a distribution; the layers of {registry.Host}/base:12, which the image names, could not be read, or are not its lowest"), kept);
    }

    [Fact]
    public async Task An_archive_opens_no_connection_and_the_base_to_give_is_told()
    {
        await using var registry = new TakingRegistry();
        Serve(registry, "12", new TestImage(Layers[0]));
        var name = $"{registry.Host}/base:12";
        var done = await Keep(registry.Options(), TestImage.Tar(Naming(name, inLabel: true).Classic()), null);
        Assert.Equal(new KeptBase(2, $"up to the first that brings a distribution; the image names its base, whose layers --base {name} may keep"), done.Base);
        Assert.Empty(registry.Asked);
    }

    [Theory]
    [InlineData("base.example/base:12", false)]
    [InlineData("base.example/other:12", true)]
    public async Task A_base_that_lies_beside_the_image_is_known_by_its_name_or_its_digest(string name, bool byDigest)
    {
        var its = new TestImage(Layers[0]) { Name = "base.example/base:12" };
        var image = Naming(name, inLabel: false, byDigest ? its.ManifestDigest : null);
        var done = await Keep(new(), TestImage.Tar(TestImage.LayoutOf(TestImage.Index(image, its), image, its)), image.Name);
        Assert.Equal(1, done.Base.Layers);
    }

    static TestImage Naming(string name, bool inLabel, Digest? digest = null)
    {
        var said = new JsonObject { ["org.opencontainers.image.base.name"] = name };
        if (digest is not null)
            said["org.opencontainers.image.base.digest"] = digest.Value;
        return new TestImage(Layers) { Config = inLabel ? new JsonObject { ["Labels"] = said } : [], Annotations = inLabel ? null : said };
    }

    static void Serve(TakingRegistry registry, string reference, TestImage image)
    {
        registry.Manifests[reference] = image.ManifestBytes;
        foreach (var blob in image.Stored.Append(image.ConfigBytes))
            registry.Blobs[Digest.Of(blob).Value] = blob;
    }

    static Task<OptimizedImage> Keep(TakingRegistry registry, TestImage image)
    {
        Serve(registry, "web", image);
        return Keep(new OptimizeRequest(new InspectionRequest(new ImageSource.Registry(ImageName.Parse($"{registry.Host}/shop/web:web")))), registry.Options());
    }

    static async Task<OptimizedImage> Keep(RegistryOptions registry, byte[] archive, string? image)
    {
        using var folder = new TemporaryFolder();
        return await Keep(new OptimizeRequest(new InspectionRequest(new ImageSource.File(folder.Write("in.tar", archive)), Image: image)), registry);
    }

    static async Task<OptimizedImage> Keep(OptimizeRequest request, RegistryOptions registry)
    {
        var done = await new Optimizer(Limits.Default, registry).Optimize(
            request, _ => Task.FromResult<IImageOutput>(new MemoryOutput(Compression.None)), null, TestContext.Current.CancellationToken);
        Assert.Null(done.Failure);
        return done.Image!;
    }
}
