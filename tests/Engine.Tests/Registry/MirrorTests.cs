using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Registry.RegistryCase;

namespace Plimsoll.Engine.Tests.Registry;

public sealed class MirrorTests
{
    static RegistryOptions Mirror(string registry, params string[] mirrors) =>
        new() { Mirrors = new Dictionary<string, IReadOnlyList<string>> { [registry] = mirrors } };

    static string[] Addresses(string name, RegistryOptions options) =>
        [.. RegistryEndpoint.Of(ImageName.Parse(name), options).Select(endpoint => endpoint.Address("manifests/1").AbsoluteUri)];

    [Fact]
    public async Task A_mirror_is_asked_first_and_the_registry_when_the_mirror_has_nothing()
    {
        await using var mirror = new ScriptedRegistry((_, _) => new(404));
        await using var registry = new ScriptedRegistry((request, _) => Content(request.Url!.AbsolutePath));
        await IsRead(registry, Mirror(registry.Host, mirror.Host) with { PlainHttp = new HashSet<string> { mirror.Host } });
        Assert.NotEmpty(mirror.Asked);
    }

    [Theory]
    [InlineData("http://HOST", "/v2/shop/web/")]
    [InlineData("http://HOST/", "/v2/shop/web/")]
    [InlineData("http://HOST/hub", "/v2/hub/shop/web/")]
    [InlineData("http://HOST/cache/hub/", "/v2/cache/hub/shop/web/")]
    public async Task A_mirror_may_be_an_address_with_a_prefix(string address, string path)
    {
        await using var mirror = new ScriptedRegistry((request, _) => Content(request.Url!.AbsolutePath));
        await using var registry = new ScriptedRegistry((_, _) => new(404));
        await IsRead(registry, Mirror(registry.Host, address.Replace("HOST", mirror.Host)));
        Assert.Empty(registry.Asked);
        Assert.All(mirror.Asked, asked => Assert.StartsWith(path, asked.Path));
    }

    [Theory]
    [InlineData("https://mirror.example:5000/hub", "https://mirror.example:5000/v2/hub/library/alpine/manifests/1")]
    [InlineData("mirror.example:5000/hub", "https://mirror.example:5000/v2/hub/library/alpine/manifests/1")]
    [InlineData("mirror", "https://mirror/v2/library/alpine/manifests/1")]
    [InlineData("http://mirror", "http://mirror/v2/library/alpine/manifests/1")]
    [InlineData("https://[::1]:5000", "https://[::1]:5000/v2/library/alpine/manifests/1")]
    public void A_mirror_is_spoken_to_over_https_unless_it_says_otherwise(string mirror, string address) =>
        Assert.Equal([address, "https://registry-1.docker.io/v2/library/alpine/manifests/1"], Addresses("alpine", Mirror("docker.io", mirror)));

    [Theory]
    [InlineData("")]
    [InlineData("https://")]
    [InlineData("ftp://mirror.example")]
    [InlineData("mirror.example:99999")]
    [InlineData("https://mirror.example:port/hub")]
    [InlineData("https://ann:s3cret@mirror.example")]
    [InlineData("https://mirror.example/hub?x=s3cret@mirror.example")]
    [InlineData("mirror.example/Hub")]
    [InlineData("mirror.example//hub")]
    [InlineData("mirror.example/../hub")]
    [InlineData("two words")]
    public async Task A_bad_mirror_is_told_before_anybody_is_asked(string mirror)
    {
        await using var registry = new ScriptedRegistry((request, _) => Content(request.Url!.AbsolutePath));
        var failure = await IsRefused(registry, Mirror(registry.Host, "good.example", mirror));
        Assert.Contains($"cannot be a mirror of {registry.Host}", failure.Reason);
        Assert.Contains("host[:port]", failure.Remedy!);
        Assert.DoesNotContain("s3cret", failure.ToString());
        Assert.Empty(registry.Asked);
    }

    [Fact]
    public async Task A_mirror_gets_its_own_login_and_never_that_of_the_registry()
    {
        using var folder = new TemporaryFolder();
        await using var mirror = new ScriptedRegistry((_, _) => new(401, Headers: [("WWW-Authenticate", "Basic realm=\"x\"")]));
        await using var registry = new ScriptedRegistry((request, _) => Content(request.Url!.AbsolutePath));
        var login = Login(folder, registry.Host, Auth("ann", "s3cret"));
        await IsRead(registry, Mirror(registry.Host, "http://" + mirror.Host) with { CredentialFiles = login.CredentialFiles });
        Assert.All(mirror.Asked, asked => Assert.Null(asked.Authorization));
        Assert.Equal(["docker.io"], RegistryEndpoint.Of(ImageName.Parse("ghcr.io/shop/web"), Mirror("ghcr.io", "registry-1.docker.io")).Select(endpoint => endpoint.Registry).Take(1));
    }

    [Fact]
    public void Pairs_are_read_in_their_order()
    {
        var mirrors = RegistryMirrors.Parse(["docker.io=one.example", "ghcr.io=https://two.example/hub", "Docker.io = three.example"]);
        Assert.Equal(["one.example", "three.example"], mirrors["docker.io"]);
        Assert.Equal(["https://two.example/hub"], mirrors["ghcr.io"]);
    }

    [Theory]
    [InlineData("docker.io", "is no pair")]
    [InlineData("=mirror.example", "is no pair")]
    [InlineData("docker.io=", "is no pair")]
    [InlineData("two words=mirror.example", "is no registry")]
    [InlineData("docker.io=ftp://mirror.example", "cannot be a mirror of docker.io")]
    [InlineData("docker.io=https://ann:s3cret@mirror.example", "'mirror.example' cannot be a mirror")]
    public void A_pair_that_is_none_is_told(string pair, string reason)
    {
        var message = Assert.Throws<FormatException>(() => RegistryMirrors.Parse([pair])).Message;
        Assert.Contains(reason, message);
        Assert.DoesNotContain("s3cret", message);
    }

    [Fact]
    public async Task When_the_mirror_has_nothing_the_word_of_the_registry_counts()
    {
        await using var mirror = new ScriptedRegistry((_, _) => new(404));
        await using var registry = new ScriptedRegistry((_, _) => new(403));
        var failure = await IsRefused(registry, Mirror(registry.Host, "http://" + mirror.Host));
        Assert.Equal(FailureKind.NoAccess, failure.Kind);
        Assert.Contains("does not let you read", failure.Reason);
    }

    [Fact]
    public void A_host_that_no_address_can_have_is_told() =>
        Assert.Contains("'a:99999' is no host", Assert.Throws<UnreadableImageException>(() => RegistryEndpoint.Of(new ImageName("a:99999", "shop/web", "1", null), new RegistryOptions())).Message);
}
