using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using static Plimsoll.Engine.Tests.Registry.RegistryCase;

namespace Plimsoll.Engine.Tests.Registry;

public sealed class ResolveTests
{
    static async Task<Resolution> Resolve(ScriptedRegistry registry, string name = "shop/web:1")
    {
        var options = Hasty(new HastyClock()) with { PlainHttp = new HashSet<string> { registry.Host } };
        return await new Inspector(Limits.Default, options).Resolve(ImageName.Parse($"{registry.Host}/{name}"), TestContext.Current.CancellationToken);
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
    public async Task What_keeps_a_name_from_resolving_is_a_failure()
    {
        await using var registry = new ScriptedRegistry((_, _) => new(404));
        var resolution = await Resolve(registry);
        Assert.Null(resolution.Digest);
        Assert.Equal($"{registry.Host}/shop/web:1", resolution.Failure!.Image);
        Assert.Contains("there is no image", resolution.Failure.Reason);
    }
}
