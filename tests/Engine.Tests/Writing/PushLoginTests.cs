using System.Net;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Images.Writing;
using Plimsoll.Engine.Tests.Registry;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Registry.ScriptedRegistry;
using static Plimsoll.Engine.Tests.Writing.OutputCase;

namespace Plimsoll.Engine.Tests.Writing;

/// <summary>Who may push, and where a login goes.</summary>
public sealed class PushLoginTests
{
    static readonly byte[] Layer = new byte[3000];
    static readonly string Login = "Basic " + Convert.ToBase64String("ann:s3cret"u8);

    [Fact]
    public async Task A_token_is_asked_for_that_may_push()
    {
        await using var registry = new TakingRegistry(AsksForLogin);
        using var folder = new TemporaryFolder();
        await using var output = await Open(registry.Target(), WithLogin(registry, folder));
        await output.Write(new LayerEncoding(Compression.None, null), InPieces(Layer), Ct);
        var token = Assert.Single(registry.Asked, asked => asked.Path.StartsWith("/token", StringComparison.Ordinal));
        Assert.Equal(("/token?service=s&scope=repository%3Ashop%2Fweb%3Apull%2Cpush&scope=repository%3Ashop%2Fweb%3Apull", Login), (token.Path, token.Authorization));
        Assert.Single(registry.Blobs);
    }

    [Fact]
    public async Task A_mount_has_a_token_of_its_own_for_both_repositories()
    {
        await using var registry = new TakingRegistry(AsksForLogin);
        using var folder = new TemporaryFolder();
        await using var output = await Open(registry.Target(), WithLogin(registry, folder));
        await output.Copy(Blob(Layer, Layer), ImageName.Parse($"{registry.Host}/library/debian:12"), Ct);
        await output.Write(new LayerEncoding(Compression.None, null), InPieces(Layer[..7]), Ct);
        var tokens = registry.Asked.Where(asked => asked.Path.StartsWith("/token", StringComparison.Ordinal)).Select(asked => Uri.UnescapeDataString(asked.Path)).ToList();
        Assert.Equal(2, tokens.Count);
        Assert.Contains("scope=repository:shop/web:pull,push&scope=repository:library/debian:pull", tokens[1]);
    }

    [Fact]
    public async Task Without_the_right_to_write_it_says_so()
    {
        await using var registry = new TakingRegistry((request, self) => request.HttpMethod == "POST" ? Denied(self) : AsksForLogin(request, self));
        using var folder = new TemporaryFolder();
        await using var output = await Open(registry.Target(), WithLogin(registry, folder));
        var error = await Assert.ThrowsAsync<UnwritableImageException>(() => output.Write(new LayerEncoding(Compression.None, null), InPieces(Layer), Ct));
        Assert.Contains($"the registry {registry.Host} does not let you write shop/web", error.Message);
        Assert.Contains($"docker login {registry.Host}", error.Remedy);
    }

    [Fact]
    public async Task An_upload_at_another_host_over_plain_http_is_refused_and_nothing_is_sent_there()
    {
        await using var other = new TakingRegistry();
        await using var registry = new TakingRegistry((request, self) => AsksForLogin(request, self)
            ?? (request.HttpMethod == "POST" ? new(202, Headers: [("Location", $"http://{other.Host}/v2/shop/web/blobs/uploads/1")]) : null));
        using var folder = new TemporaryFolder();
        await using var output = await Open(registry.Target(), WithLogin(registry, folder));
        var error = await Assert.ThrowsAsync<UnwritableImageException>(() => output.Write(new LayerEncoding(Compression.None, null), InPieces(Layer), Ct));
        Assert.Contains("at an address that is not safe", error.Message);
        Assert.Empty(other.Asked);
    }

    [Fact]
    public async Task A_redirected_upload_takes_no_login_along()
    {
        await using var other = new TakingRegistry((request, self) => request.HttpMethod == "PUT" ? new(401, Headers: [("WWW-Authenticate", "Basic realm=\"r\"")]) : null);
        await using var registry = new TakingRegistry((request, self) => AsksForLogin(request, self)
            ?? (request.HttpMethod == "PUT" ? new(307, Headers: [("Location", $"http://{other.Host}{request.Url!.PathAndQuery}")]) : null));
        using var folder = new TemporaryFolder();
        await using var output = await Open(registry.Target(), WithLogin(registry, folder));
        await Assert.ThrowsAsync<UnwritableImageException>(() => output.Write(new LayerEncoding(Compression.None, null), InPieces(Layer), Ct));
        Assert.NotEmpty(other.Asked);
        Assert.All(other.Asked, asked => Assert.Null(asked.Authorization));
    }

    static RegistryOptions WithLogin(TakingRegistry registry, TemporaryFolder folder) =>
        registry.Options(RegistryCase.Login(folder, registry.Host, RegistryCase.Auth("ann", "s3cret")));

    static Answer? AsksForLogin(HttpListenerRequest request, TakingRegistry registry) => request.Url!.AbsolutePath == "/token" ? new(200, """{"token":"t"}"""u8.ToArray())
        : request.Headers["Authorization"] == "Bearer t" ? null : Denied(registry);

    static Answer Denied(TakingRegistry registry) =>
        new(401, Headers: [("WWW-Authenticate", $"Bearer realm=\"http://{registry.Host}/token\",service=\"s\",scope=\"repository:shop/web:pull\"")]);
}
