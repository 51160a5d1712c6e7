using System.Net;
using System.Net.Http.Headers;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Registry.RegistryCase;
using static Plimsoll.Engine.Tests.Registry.ScriptedRegistry;

namespace Plimsoll.Engine.Tests.Registry;

public sealed class RedirectTests
{
    const string Basic = "Basic realm=\"x\"";

    static bool IsBlob(string path) => path.Contains("/blobs/", StringComparison.Ordinal);

    static Answer To(string location, int status = 307) => new(status, Headers: [("Location", location)]);

    static Answer LogIn => new(401, Headers: [("WWW-Authenticate", Basic)]);

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_to_another_place_is_followed_without_the_login(int status)
    {
        using var folder = new TemporaryFolder();
        // Another port of the same host is another place.
        await using var storage = new ScriptedRegistry((request, _) => Content(request.Url!.AbsolutePath));
        await using var registry = new ScriptedRegistry((request, _) => request.Headers["Authorization"] is null ? LogIn
            : IsBlob(request.Url!.AbsolutePath) ? To($"http://{storage.Host}{request.Url.AbsolutePath}", status) : Content(request.Url.AbsolutePath));
        await IsRead(registry, Login(folder, registry.Host, Auth("ann", "s3cret")));
        Assert.NotEmpty(storage.Asked);
        Assert.All(storage.Asked, asked => Assert.Null(asked.Authorization));
    }

    [Fact]
    public async Task A_redirect_within_the_registry_keeps_the_login()
    {
        using var folder = new TemporaryFolder();
        await using var registry = new ScriptedRegistry((request, _) => request.Headers["Authorization"] is null ? LogIn
            : IsBlob(request.Url!.AbsolutePath) && request.Url.Query == "" ? To($"{request.Url.AbsolutePath}?stored") : Content(request.Url.AbsolutePath));
        await IsRead(registry, Login(folder, registry.Host, Auth("ann", "s3cret")));
        Assert.Contains(registry.Asked, asked => asked.Path.EndsWith("?stored", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_redirect_that_comes_back_brings_no_login_with_it()
    {
        using var folder = new TemporaryFolder();
        ScriptedRegistry? registry = null;
        await using var between = new ScriptedRegistry((request, _) => To($"http://{registry!.Host}{request.Url!.AbsolutePath}?back"));
        registry = new ScriptedRegistry((request, _) => request.Url!.Query == "?back" ? Content(request.Url.AbsolutePath) : request.Headers["Authorization"] is null ? LogIn
            : IsBlob(request.Url.AbsolutePath) ? To($"http://{between.Host}{request.Url.AbsolutePath}") : Content(request.Url.AbsolutePath));
        await using var running = registry;
        await IsRead(registry, Login(folder, registry.Host, Auth("ann", "s3cret")));
        var back = registry.Asked.Where(asked => asked.Path.EndsWith("?back", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(back);
        Assert.All(back, asked => Assert.Null(asked.Authorization));
    }

    [Fact]
    public async Task The_rest_of_a_layer_is_asked_for_where_the_redirect_leads()
    {
        var layer = Image.Stored[0];
        await using var storage = new ScriptedRegistry((request, times) => Content(request.Url!.AbsolutePath) is { Body.Length: > 5_000 } answer && times == 1 ? answer with { CutAfter = 4_000 } : Content(request.Url.AbsolutePath));
        await using var registry = new ScriptedRegistry((request, _) => IsBlob(request.Url!.AbsolutePath) ? To($"http://{storage.Host}{request.Url.AbsolutePath}") : Content(request.Url.AbsolutePath));
        await IsRead(registry);
        Assert.Contains(storage.Asked, asked => asked.Range == "bytes=4000-");
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public async Task Five_redirects_are_followed_and_no_more(int redirects, bool arrives)
    {
        await using var registry = new ScriptedRegistry((request, _) => request.Url!.Query.Length < redirects + 1 && IsBlob(request.Url.AbsolutePath)
            ? To($"{request.Url.AbsolutePath}?{new string('r', Math.Max(1, request.Url.Query.Length))}") : Content(request.Url.AbsolutePath));
        if (arrives)
            await IsRead(registry);
        else
            Assert.Contains("more than 5 times", (await IsRefused(registry)).Reason);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://registry.example/blob")]
    public async Task A_redirect_to_something_that_is_no_web_address_is_refused(string location)
    {
        await using var registry = new ScriptedRegistry((_, _) => To(location));
        Assert.Contains("redirects to something that is no web address", (await IsRefused(registry)).Reason);
    }

    [Fact]
    public async Task A_redirect_never_leaves_https()
    {
        using var redirects = new HttpMessageInvoker(new Redirects(new Elsewhere("http://storage.example/blob")));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://registry.example/v2/");
        var error = await Assert.ThrowsAsync<UnreadableImageException>(() => redirects.SendAsync(request, TestContext.Current.CancellationToken));
        Assert.Contains("registry.example redirects from HTTPS to plain HTTP", error.Message);
    }

    [Theory]
    [InlineData("https://registry.example/there", true)]
    [InlineData("https://registry.example:443/there", true)]
    [InlineData("https://registry.example:444/there", false)]
    [InlineData("https://other.example/there", false)]
    [InlineData("//other.example/there", false)]
    public async Task The_login_goes_only_to_the_same_scheme_host_and_port(string location, bool same)
    {
        using var redirects = new HttpMessageInvoker(new Redirects(new Elsewhere(location)));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://registry.example/v2/") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", "t") } };
        using var response = await redirects.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((same, "/there"), (request.Headers.Authorization is not null, request.RequestUri!.AbsolutePath));
    }

    /// <summary>A server over HTTPS, which a test has no certificate for: sends everybody elsewhere, once.</summary>
    sealed class Elsewhere(string location) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(
            request.RequestUri!.AbsolutePath == "/v2/" ? new HttpResponseMessage(HttpStatusCode.TemporaryRedirect) { Headers = { Location = new Uri(location, UriKind.RelativeOrAbsolute) } } : new HttpResponseMessage());
    }
}
