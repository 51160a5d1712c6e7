using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Images.Writing;
using Plimsoll.Engine.Tests.Registry;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Writing.OutputCase;

namespace Plimsoll.Engine.Tests.Writing;

/// <summary>Pushes to the reference registry server, and what another tool pulls from it.</summary>
[Trait("Category", "Slow")]
public sealed class RealPushTests
{
    /// <summary>bcrypt of "wharf-7" for the user "ann".</summary>
    const string Htpasswd = "ann:$2y$05$RzcFNaSruMNff./1LR8S2ekoYgGpP/c2wZLbYr3wb/N.ubNtVMOFq\n";

    [Theory]
    [InlineData("None")]
    [InlineData("Gzip")]
    [InlineData("Zstd")]
    public async Task What_is_pushed_is_pulled(string compression)
    {
        Tool.SkipWithout("docker-registry", "skopeo");
        await using var server = await RegistryServer.Start();
        using var folder = new TemporaryFolder();
        var encoding = new LayerEncoding(Enum.Parse<Compression>(compression), null);
        var name = ImageName.Parse($"{server.Host}/shop/web:1");
        var written = await Write(new ImageTarget.Registry(name), encoding);
        await IsTheImage(new ImageSource.Registry(name), encoding.Compression, written);
        await Tool.Run("skopeo", ["copy", "--insecure-policy", "--src-tls-verify=false", $"docker://{name}", $"oci:{folder.At("copy")}:1"]);
        var copy = Assert.Single((await TestImage.Inspect(new ImageSource.File(folder.At("copy")))).Report.Images);
        Assert.Equal(Image.Layers.Select(layer => Digest.Of(layer)), copy.Layers.Select(layer => layer.DiffId));
    }

    [Fact]
    public async Task A_login_is_used()
    {
        Tool.SkipWithout("docker-registry");
        await using var server = await RegistryServer.Start(Htpasswd);
        using var folder = new TemporaryFolder();
        var name = ImageName.Parse($"{server.Host}/shop/web:1");
        var error = await Assert.ThrowsAsync<UnwritableImageException>(() => Write(new ImageTarget.Registry(name)));
        Assert.Contains("does not let you write shop/web", error.Message);
        var options = RegistryCase.Login(folder, server.Host, RegistryCase.Auth("ann", "wharf-7"));
        await IsTheImage(new ImageSource.Registry(name), Compression.Gzip, await Write(new ImageTarget.Registry(name), null, options), options);
    }

    [Fact]
    public async Task Layers_of_another_repository_are_mounted_and_never_sent()
    {
        Tool.SkipWithout("docker-registry");
        await using var server = await RegistryServer.Start();
        await using var relay = new Relay(server.Host);
        var options = new RegistryOptions { PlainHttp = new HashSet<string> { relay.Host } };
        var (from, to) = (ImageName.Parse($"{relay.Host}/base/debian:12"), ImageName.Parse($"{relay.Host}/shop/web:1"));
        await Write(new ImageTarget.Registry(from), null, options);
        relay.Asked.Clear();
        using (var source = await OpenSource.Open(new InspectionRequest(new ImageSource.Registry(from)), options, Limits.Default, Ct))
        await using (var output = await Open(new ImageTarget.Registry(to), options))
        {
            var layers = new List<WrittenLayer>();
            foreach (var layer in Assert.Single(source.Images.Images).Layers)
                layers.Add(await output.Copy(layer, from, Ct));
            await IsTheImage(new ImageSource.Registry(to), Compression.Gzip, await output.Commit(Image.ConfigBytes, layers, Described(), Ct), options);
        }
        Assert.Equal(3, relay.Asked.Count(line => line.StartsWith("POST", StringComparison.Ordinal) && line.Contains("mount=sha256%3A", StringComparison.Ordinal)));
        Assert.DoesNotContain(relay.Asked, line => line.StartsWith("PATCH", StringComparison.Ordinal));
        // The config and the manifest.
        Assert.Equal(2, relay.Asked.Count(line => line.StartsWith("PUT", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(3_000_000)]
    [InlineData(12_000_000)]
    [InlineData(18_000_000)]
    public async Task A_connection_that_breaks_in_the_middle_of_a_chunk_costs_nothing_but_time(int after)
    {
        Tool.SkipWithout("docker-registry");
        await using var server = await RegistryServer.Start();
        await using var relay = new Relay(server.Host, after);
        var image = new TestImage(new TestLayer().File("bin/large", RegistryCase.Noise(20_000_000)).Tar());
        var options = new RegistryOptions { PlainHttp = new HashSet<string> { relay.Host } };
        var name = ImageName.Parse($"{relay.Host}/shop/web:1");
        await using (var output = await Open(new ImageTarget.Registry(name), options))
            await Write(output, image, new LayerEncoding(Compression.None, null));
        Assert.Equal(1, relay.Breaks);
        var report = (await new Inspector(Limits.Default, options).Inspect(new InspectionRequest(new ImageSource.Registry(name)), null, Ct)).Report;
        Assert.Equal(Digest.Of(image.Layers[0]), Assert.Single(Assert.Single(report.Images).Layers).Digest);
    }
}
