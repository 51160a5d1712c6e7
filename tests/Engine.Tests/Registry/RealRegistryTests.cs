using System.Globalization;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Registry;

/// <summary>Against the reference registry server, with images that another tool put there.</summary>
[Trait("Category", "Slow")]
public sealed class RealRegistryTests
{
    /// <summary>bcrypt of "wharf-7" for the user "ann".</summary>
    const string Htpasswd = "ann:$2y$05$RzcFNaSruMNff./1LR8S2ekoYgGpP/c2wZLbYr3wb/N.ubNtVMOFq\n";

    static readonly TestImage Image = new(new TestLayer().File("bin/app", 40_000).Tar(), new TestLayer().File("bin/app", 50_000, (byte)'y').Tar()) { Packed = Packing.Gzip };

    sealed class Server(RegistryServer registry) : IAsyncDisposable
    {
        readonly TemporaryFolder _folder = new();

        public string Host => registry.Host;

        public static async Task<Server> Start(string? htpasswd = null)
        {
            Tool.SkipWithout("docker-registry", "skopeo");
            return new Server(await RegistryServer.Start(htpasswd));
        }

        public async Task Push(byte[] archive, string name, string? login = null, bool all = false)
        {
            var file = _folder.Write(string.Create(CultureInfo.InvariantCulture, $"push-{Guid.NewGuid():N}.tar"), archive);
            string[] options = [.. login is null ? Array.Empty<string>() : ["--dest-creds", login], .. all ? ["--all"] : Array.Empty<string>()];
            await Tool.Run("skopeo", ["copy", "--insecure-policy", "--dest-tls-verify=false", .. options, $"oci-archive:{file}", $"docker://{Host}/{name}"]);
        }

        public Task<Inspection> Inspect(string name, RegistryOptions? options = null, string? platform = null) =>
            new Inspector(Limits.Default, options).Inspect(
                new InspectionRequest(new ImageSource.Registry(ImageName.Parse($"{Host}/{name}")), platform is null ? null : Platform.Parse(platform)), null, TestContext.Current.CancellationToken);

        public async ValueTask DisposeAsync()
        {
            await registry.DisposeAsync();
            _folder.Dispose();
        }
    }

    [Fact]
    public async Task An_image_in_a_registry_has_the_report_of_its_archive()
    {
        await using var server = await Server.Start();
        await server.Push(TestImage.Tar(Image.Layout()), "shop/web:1");
        var report = Assert.Single((await server.Inspect("shop/web:1")).Report.Images);
        var archive = Assert.Single((await TestImage.Inspect(TestImage.Tar(Image.Layout()))).Report.Images);
        Assert.Equal(archive.Image with { Reference = $"{server.Host}/shop/web:1", Attestations = report.Image.Attestations }, report.Image);
        Assert.Equal(archive.Layers, report.Layers);
        Assert.Equal(40_000, report.Waste.ReclaimableBytes);
        Assert.Equal(report.Image.ManifestDigest, Assert.Single((await server.Inspect($"shop/web@{report.Image.ManifestDigest}")).Report.Images).Image.ManifestDigest);
    }

    [Fact]
    public async Task A_login_is_asked_for_and_used()
    {
        await using var server = await Server.Start(Htpasswd);
        using var folder = new TemporaryFolder();
        await server.Push(TestImage.Tar(Image.Layout()), "shop/web:1", "ann:wharf-7");
        var failure = Assert.Single((await server.Inspect("shop/web:1")).Report.Failures);
        Assert.Contains("docker login", failure.Remedy!);
        var options = new RegistryOptions
        {
            CredentialFiles = [folder.Write("config.json", """{"auths":{"HOST":{"auth":"LOGIN"}}}""".Replace("HOST", server.Host).Replace("LOGIN", Convert.ToBase64String("ann:wharf-7"u8)))],
        };
        Assert.Equal(90_000, Assert.Single((await server.Inspect("shop/web:1", options)).Report.Images).Image.Size);
    }

    [Fact]
    public async Task An_index_gives_every_platform_or_the_one_that_is_asked_for()
    {
        await using var server = await Server.Start();
        var arm = new TestImage([.. Image.Layers]) { Packed = Packing.Gzip, Architecture = "arm64" };
        var files = TestImage.LayoutOf(TestImage.Index(Image, arm), Image, arm);
        var index = TestImage.Index(Image, arm);
        files["index.json"] = System.Text.Encoding.UTF8.GetBytes(new System.Text.Json.Nodes.JsonObject
        {
            ["schemaVersion"] = 2, ["manifests"] = new System.Text.Json.Nodes.JsonArray(TestImage.Pointer("application/vnd.oci.image.index.v1+json", index)),
        }.ToJsonString());
        files[TestImage.BlobName(index)] = index;
        await server.Push(TestImage.Tar(files), "shop/multi:1", all: true);
        Assert.Equal(["linux/amd64", "linux/arm64"], (await server.Inspect("shop/multi:1")).Report.Images.Select(image => image.Image.Platform.ToString()));
        Assert.Equal("arm64", Assert.Single((await server.Inspect("shop/multi:1", platform: "linux/arm64")).Report.Images).Image.Platform.Architecture);
        Assert.Contains("there is no image", Assert.Single((await server.Inspect("shop/none:1")).Report.Failures).Reason);
    }
}
