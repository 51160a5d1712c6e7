using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Registry.RegistryCase;

namespace Plimsoll.Engine.Tests.Registry;

public sealed class ResolveTests
{
    static async Task<Resolution> Resolve(ScriptedRegistry registry, string name = "shop/web:1")
    {
        var options = Hasty(new HastyClock()) with { PlainHttp = new HashSet<string> { registry.Host } };
        return await new Inspector(Limits.Default, options).Resolve(ImageName.Parse($"{registry.Host}/{name}"), TestContext.Current.CancellationToken);
    }

    static async Task<Resolution> ResolvePlatforms(ScriptedRegistry registry)
    {
        var options = Hasty(new HastyClock()) with { PlainHttp = new HashSet<string> { registry.Host } };
        return await new Inspector(Limits.Default, options).ResolvePlatforms(ImageName.Parse($"{registry.Host}/shop/web:1"), TestContext.Current.CancellationToken);
    }

    static string[] Methods(ScriptedRegistry registry) => [.. registry.Asked.Select(asked => asked.Method)];

    [Fact]
    public async Task A_name_resolves_to_the_digest_that_the_registry_tells_without_a_download()
    {
        await using var registry = new ScriptedRegistry((request, _) => Content(request.Url!.AbsolutePath) with { Headers = [("Docker-Content-Digest", Image.ManifestDigest.Value)] });
        Assert.Equal(new Resolution(Image.ManifestDigest, null), await Resolve(registry));
        Assert.Equal(["HEAD"], Methods(registry));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(501)]
    public async Task A_registry_that_does_not_tell_the_digest_is_asked_for_the_manifest(int status)
    {
        await using var registry = new ScriptedRegistry((request, _) => request.HttpMethod == "HEAD" ? new(status) : Content(request.Url!.AbsolutePath));
        Assert.Equal(Image.ManifestDigest, (await Resolve(registry)).Digest);
        Assert.Equal(["HEAD", "GET"], Methods(registry));
    }

    [Fact]
    public async Task A_digest_that_is_none_is_not_believed()
    {
        await using var registry = new ScriptedRegistry((request, _) => Content(request.Url!.AbsolutePath) with { Headers = [("Docker-Content-Digest", "latest")] });
        Assert.Equal(Image.ManifestDigest, (await Resolve(registry)).Digest);
    }

    [Fact]
    public async Task A_name_with_a_digest_is_not_looked_up()
    {
        await using var registry = new ScriptedRegistry((_, _) => new(500));
        Assert.Equal(Image.ManifestDigest, (await Resolve(registry, $"shop/web:1@{Image.ManifestDigest}")).Digest);
        Assert.Empty(registry.Asked);
    }

    [Fact]
    public async Task A_login_is_answered_and_a_passing_fault_tried_again()
    {
        ScriptedRegistry? registry = null;
        registry = new ScriptedRegistry((request, times) => request.Url!.AbsolutePath == "/token" ? new(200, """{"token":"t"}"""u8.ToArray())
            : request.Headers["Authorization"] is null ? new(401, Headers: [("WWW-Authenticate", $"Bearer realm=\"http://{registry!.Host}/token\"")])
            : times < 4 ? new(503) : Content(request.Url.AbsolutePath) with { Headers = [("Docker-Content-Digest", Image.ManifestDigest.Value)] });
        await using var running = registry;
        Assert.Equal(Image.ManifestDigest, (await Resolve(registry)).Digest);
    }

    [Fact]
    public async Task The_platforms_of_an_index_are_told_without_a_further_request_and_attestations_are_none()
    {
        var (amd, arm) = (new TestImage([.. Image.Layers]), new TestImage([.. Image.Layers]) { Architecture = "arm64" });
        var index = System.Text.Json.Nodes.JsonNode.Parse(TestImage.Index(amd, arm))!;
        var attestation = TestImage.Pointer("application/vnd.oci.image.manifest.v1+json", [1]);
        attestation["platform"] = new System.Text.Json.Nodes.JsonObject { ["os"] = "unknown", ["architecture"] = "unknown" };
        index["manifests"]!.AsArray().Add(attestation);
        var bytes = System.Text.Encoding.UTF8.GetBytes(index.ToJsonString());
        await using var registry = new ScriptedRegistry((_, _) => new(200, bytes, "application/vnd.oci.image.index.v1+json"));
        var resolution = await ResolvePlatforms(registry);
        Assert.Equal(Digest.Of(bytes), resolution.Digest);
        Assert.Equal([new(Platform.Parse("linux/amd64"), amd.ManifestDigest), new(Platform.Parse("linux/arm64"), arm.ManifestDigest)], resolution.Platforms!);
        Assert.Equal(["GET"], Methods(registry));
    }

    [Fact]
    public async Task The_platform_of_a_manifest_stands_in_its_configuration()
    {
        await using var registry = new ScriptedRegistry((request, _) => Content(request.Url!.AbsolutePath));
        Assert.Equal([new(Platform.Parse("linux/amd64"), Image.ManifestDigest)], (await ResolvePlatforms(registry)).Platforms!);
        Assert.Equal(2, registry.Asked.Count);
    }

    [Theory]
    [InlineData(404, FailureKind.NotFound)]
    [InlineData(401, FailureKind.NoAccess)]
    [InlineData(403, FailureKind.NoAccess)]
    [InlineData(503, FailureKind.Unavailable)]
    [InlineData(418, FailureKind.Unavailable)]
    public async Task A_failure_says_of_which_kind_it_is(int status, FailureKind kind)
    {
        await using var registry = new ScriptedRegistry((_, _) => new(status));
        Assert.Equal(kind, (await ResolvePlatforms(registry)).Failure!.Kind);
        Assert.Equal(kind, (await Resolve(registry)).Failure!.Kind);
    }

    [Fact]
    public async Task What_is_no_image_is_unreadable()
    {
        await using var registry = new ScriptedRegistry((_, _) => new(200, "{}"u8.ToArray()));
        Assert.Equal(FailureKind.Unreadable, (await ResolvePlatforms(registry)).Failure!.Kind);
    }

    [Fact]
    public async Task What_keeps_a_name_from_resolving_is_a_failure()
    {
        await using var registry = new ScriptedRegistry((_, _) => new(404));
        var resolution = await Resolve(registry);
        Assert.Null(resolution.Digest);
        Assert.Equal($"{registry.Host}/shop/web:1", resolution.Failure!.Image);
        Assert.Contains("there is no image", resolution.Failure.Reason);
    }
}
