using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Bases;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Tests.Registry;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Bases;

public sealed class BaseSearchTests
{
    static readonly Digest[] Layers = [.. Enumerable.Range(0, 5).Select(i => Digest.Of([(byte)i]))];

    static BaseCandidate Candidate(string name, params Digest[] layers) => new(name, Digest.Of(Encoding.UTF8.GetBytes(name)), layers);

    [Fact]
    public void The_chain_id_of_a_stack_is_that_of_the_specification()
    {
        var two = Digest.Of(Encoding.UTF8.GetBytes($"{Layers[0]} {Layers[1]}"));
        Assert.Equal([Layers[0], two, Digest.Of(Encoding.UTF8.GetBytes($"{two} {Layers[2]}"))], ChainId.Of(Layers[..3]));
        Assert.Empty(ChainId.Of([]));
    }

    [Fact]
    public void Of_all_images_whose_layers_are_the_lowest_the_one_with_the_most_is_the_base()
    {
        var found = BaseSearch.Of(Layers, [Candidate("none"), Candidate("one", Layers[0]), Candidate("three", Layers[..3]), Candidate("again", Layers[..3]), Candidate("other", Layers[1], Layers[2], Layers[3], Layers[4])], BaseEvidence.Given)!;
        Assert.Equal(("three", 3, BaseEvidence.Given), (found.Name, found.Layers, found.By));
        Assert.Equal([true, true, true, false, false], Enumerable.Range(0, 5).Select(found.Brought));
    }

    [Fact]
    public void An_image_is_not_its_own_base() => Assert.Null(BaseSearch.Of(Layers, [Candidate("same", Layers), Candidate("more", [.. Layers, Digest.Of("x"u8)])], BaseEvidence.Given));

    [Fact]
    public void Where_the_layers_of_the_given_base_part_from_those_of_the_image_is_said()
    {
        Assert.Equal($"they part at layer 2, which is {Layers[2].Short} in the image and {Layers[4].Short} in the base", BaseSearch.WhyNot(Layers, [Candidate("far", Layers[3]), Candidate("near", Layers[0], Layers[1], Layers[4])]));
        Assert.Equal("it has the very layers of the image", BaseSearch.WhyNot(Layers, [Candidate("same", Layers)]));
        Assert.Equal("it has all 5 layers of the image and 1 more, and may be built on the image", BaseSearch.WhyNot(Layers, [Candidate("more", [.. Layers, Layers[0]])]));
        Assert.Equal("it has no layers", BaseSearch.WhyNot(Layers, [Candidate("none")]));
    }

    [Fact]
    public async Task Of_a_base_in_a_registry_no_layer_is_fetched()
    {
        await using var registry = new ScriptedRegistry((request, _) => RegistryCase.Content(request.Url!.AbsolutePath));
        var name = ImageName.Parse($"{registry.Host}/debian:12");
        var bases = await new Inspector(Limits.Default, new RegistryOptions { PlainHttp = new HashSet<string> { registry.Host } }).Bases(new InspectionRequest(new ImageSource.Registry(name)), TestContext.Current.CancellationToken);

        Assert.Empty(bases.Failures);
        var found = Assert.Single(bases.Images);
        Assert.Equal((name.ToString(), RegistryCase.Image.ManifestDigest), (found.Name, found.Digest));
        Assert.Equal([Digest.Of(RegistryCase.Image.Layers[0])], found.DiffIds);
        var layer = Digest.Of(RegistryCase.Image.Stored[0]).Value;
        Assert.DoesNotContain(registry.Asked, asked => asked.Path.Contains(layer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_base_that_cannot_be_read_is_a_failure()
    {
        await using var registry = new ScriptedRegistry((_, _) => new(404));
        var bases = await new Inspector(Limits.Default, new RegistryOptions { PlainHttp = new HashSet<string> { registry.Host } })
            .Bases(new InspectionRequest(new ImageSource.Registry(ImageName.Parse($"{registry.Host}/debian:12"))), TestContext.Current.CancellationToken);
        Assert.Empty(bases.Images);
        Assert.StartsWith("there is no image", Assert.Single(bases.Failures).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("debian:12", "docker.io/library/debian:12")]
    [InlineData("registry.example/base@sha256:1055edb55056a4058af56da35dffe56eee76e10259c229580c63bb014b245204", "registry.example/base@sha256:1055edb55056a4058af56da35dffe56eee76e10259c229580c63bb014b245204")]
    [InlineData("scratch", null)]
    [InlineData("", null)]
    [InlineData("\u001b[31mdebian", null)]
    public async Task A_label_names_the_base_and_nothing_of_its_layers(string said, string? name)
    {
        var image = new TestImage(new TestLayer().File("a", "a").Tar(), new TestLayer().File("b", "b").Tar()) { Config = new JsonObject { ["Labels"] = new JsonObject { ["org.opencontainers.image.base.name"] = said } } };
        var report = Assert.Single((await TestImage.Inspect(TestImage.Tar(image.BuildKit()))).Report.Images);
        Assert.Equal(name is null ? null : new BaseImage(name, null, null, BaseEvidence.Annotation), report.Base);
        Assert.Null(report.Base?.Brought(0));
    }

    [Fact]
    public void Annotations_of_the_manifest_count_before_labels_which_the_base_may_have_brought()
    {
        var digest = Digest.Of("base"u8);
        var found = BaseAnnotations.Of(
            new Dictionary<string, string> { ["org.opencontainers.image.base.name"] = "debian:12", ["org.opencontainers.image.base.digest"] = digest.Value },
            new Dictionary<string, string> { ["org.opencontainers.image.base.name"] = "alpine:3" })!;
        Assert.Equal(("docker.io/library/debian:12", digest), (found.Name, found.Digest));
        Assert.Equal(("docker.io/library/alpine:3", null), BaseAnnotations.Of(new Dictionary<string, string> { ["org.opencontainers.image.base.digest"] = "none" },
            new Dictionary<string, string> { ["org.opencontainers.image.base.name"] = "alpine:3" }) is { } label ? (label.Name, label.Digest) : default);
    }
}
