using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Optimizing;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Registry;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Engine.Tests.Writing;

namespace Plimsoll.Engine.Tests.Optimizing;

/// <summary>A failure has the name of what is to be mended: the image that is read, or the place that takes none.</summary>
public sealed class BlameTests : IDisposable
{
    static readonly byte[][] Layers = [new TestLayer().File("a", 1).Tar(), new TestLayer().File("old", 9).File("b", 1).Tar(), new TestLayer().Delete("old").File("c", 1).Tar()];

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Places => new(
        from place in new[] { ("none/out", "no such folder"), ("none/out.tar", "no such folder"), ("none/out.oci", "no such folder"), ("file/out", "cannot be written"), ("full", "is not empty"), ("full.tar", "is a directory") }
        select (place.Item1, place.Item2));

    [Theory, MemberData(nameof(Places))]
    public async Task A_place_that_takes_no_image_is_named_and_not_the_image(string place, string reason)
    {
        _folder.Write("file", "");
        _folder.Write("full/one", "");
        _folder.Write("full.tar/one", "");
        var path = _folder.At(place);
        ImageTarget target = Path.GetExtension(place) switch { ".tar" => new ImageTarget.DockerArchive(path), ".oci" => new ImageTarget.OciArchive(path), _ => new ImageTarget.OciLayout(path) };
        var failure = await Refused(target);
        Assert.Equal(path, failure.Image);
        Assert.Contains(reason, failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", 405, FailureKind.NoAccess)]
    [InlineData("POST", 403, FailureKind.NoAccess)]
    [InlineData("PUT", 413, FailureKind.Unreadable)]
    [InlineData("PUT", 503, FailureKind.Unavailable)]
    public async Task A_registry_that_takes_no_image_is_named_and_not_the_image(string method, int status, FailureKind kind)
    {
        await using var registry = new TakingRegistry((request, _) => request.HttpMethod == method ? new(status) : null);
        var failure = await Refused(registry.Target(), registry.Options() with { Attempts = 1 });
        Assert.Equal(($"{registry.Host}/shop/web:1", kind), (failure.Image, failure.Kind));
        Assert.StartsWith($"the registry {registry.Host}", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_cannot_be_reached_is_named_too()
    {
        using var closed = new ClosedPort();
        var name = ImageName.Parse($"{closed.Host}/shop/web:1");
        Assert.Equal($"{name}", (await Refused(new ImageTarget.Registry(name), new RegistryOptions { Attempts = 1 })).Image);
    }

    [Fact]
    public async Task An_image_that_cannot_be_read_is_named_although_it_is_being_written_and_so_is_its_layer()
    {
        var files = new TestImage(Layers).Classic();
        files[$"{1:x64}/layer.tar"] = Layers[0];
        var failure = await Refused(new ImageTarget.DockerArchive(_folder.At("out.tar")), files: files);
        Assert.Equal(_folder.At("in.tar"), failure.Image);
        Assert.StartsWith($"layer {Digest.Of(Layers[1]).Short}: ", failure.Reason, StringComparison.Ordinal);
    }

    async Task<Failure> Refused(ImageTarget target, RegistryOptions? registry = null, Dictionary<string, byte[]>? files = null)
    {
        var request = new OptimizeRequest(new InspectionRequest(new ImageSource.File(_folder.Write("in.tar", TestImage.Tar(files ?? new TestImage(Layers).Classic())))));
        var done = await new Optimizer(Limits.Default, registry).Optimize(request, target, null, TestContext.Current.CancellationToken);
        Assert.Null(done.Image);
        Assert.DoesNotContain(done.Failure!.Image, done.Failure.Reason, StringComparison.Ordinal);
        Assert.NotNull(done.Failure.Remedy);
        return done.Failure;
    }
}
