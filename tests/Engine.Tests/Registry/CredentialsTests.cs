using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Registry;

public sealed class CredentialsTests
{
    [Theory]
    [InlineData("""{"auths":{"registry.example":{"auth":"YW5uOnNlY3JldA=="}}}""", "registry.example", "ann", "secret")]
    [InlineData("""{"auths":{"https://registry.example":{"username":"ann","password":"secret"}}}""", "registry.example", "ann", "secret")]
    [InlineData("""{"auths":{"https://index.docker.io/v1/":{"auth":"YW5uOnNlY3JldA=="}}}""", "docker.io", "ann", "secret")]
    [InlineData("""{"auths":{"registry.example":{"auth":"YW5uOnNlY3JldA==","identitytoken":""}}}""", "registry.example", "ann", "secret")]
    [InlineData("""{"auths":{"registry.example":{"username":"ann","password":"secret","identitytoken":""}}}""", "registry.example", "ann", "secret")]
    [InlineData("""{"auths":{"registry.example":{}}}""", "registry.example", null, null)]
    [InlineData("""{"auths":{"other.example":{"auth":"YW5uOnNlY3JldA=="}}}""", "registry.example", null, null)]
    [InlineData("{}", "registry.example", null, null)]
    public async Task Credentials_are_found_where_tools_keep_them(string json, string registry, string? user, string? password)
    {
        using var folder = new TemporaryFolder();
        var credentials = new Credentials(new RegistryOptions { CredentialFiles = [folder.At("missing.json"), folder.Write("config.json", json)] }, Limits.Default);
        var found = await credentials.For(registry, TestContext.Current.CancellationToken);
        Assert.Equal((user, password, null), (found?.User, found?.Password, found?.IdentityToken));
    }

    [Theory]
    [InlineData("""{"auths":{"registry.example":{"auth":"%%%secret"}}}""")]
    [InlineData("""{"auths":{"registry.example":{"auth":secret}}}""")]
    [InlineData("""{"credsStore":"../../secret"}""")]
    [InlineData("""{"credsStore":"not-installed-anywhere"}""")]
    public async Task A_broken_credential_file_is_named_without_its_content(string json)
    {
        using var folder = new TemporaryFolder();
        var credentials = new Credentials(new RegistryOptions { CredentialFiles = [folder.Write("config.json", json)] }, Limits.Default);
        var error = await Assert.ThrowsAsync<UnreadableImageException>(() => credentials.For("registry.example", TestContext.Current.CancellationToken));
        Assert.DoesNotContain("secret", error.Message);
    }
}
