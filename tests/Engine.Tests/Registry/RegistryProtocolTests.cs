using System.Text;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Registry.RegistryCase;

namespace Plimsoll.Engine.Tests.Registry;

/// <summary>What the distribution protocol and the real world ask of a client, one behaviour at a time.</summary>
public sealed class RegistryProtocolTests
{
    [Fact]
    public async Task An_image_is_read_and_named_as_it_was_asked_for()
    {
        await using var registry = new ScriptedRegistry((request, _) => Content(request.Url!.AbsolutePath));
        var image = Assert.Single((await Inspect(registry)).Images).Image;
        Assert.Equal(($"{registry.Host}/shop/web:1", Image.ManifestDigest), (image.Reference, image.ManifestDigest));
    }

    [Fact]
    public async Task A_bearer_token_is_fetched_with_the_login_and_used_for_everything()
    {
        using var folder = new TemporaryFolder();
        ScriptedRegistry? registry = null;
        registry = new ScriptedRegistry((request, _) =>
            request.Url!.AbsolutePath == "/token" ? new(200, Encoding.UTF8.GetBytes("""{"token":"t0ken","expires_in":300}"""))
            : request.Headers["Authorization"] == "Bearer t0ken" ? Content(request.Url.AbsolutePath)
            : new(401, Headers: [("WWW-Authenticate", $"Bearer realm=\"http://{registry!.Host}/token\",service=\"reg,istry\",scope=\"repository:shop/web:pull\"")]));
        await using var running = registry;
        await IsRead(registry, Login(folder, registry.Host, Auth("ann", "s3cret")));
        var token = Assert.Single(registry.Asked, asked => asked.Path.StartsWith("/token", StringComparison.Ordinal));
        Assert.Equal("/token?service=reg%2Cistry&scope=repository%3Ashop%2Fweb%3Apull", token.Path);
        Assert.Equal("Basic " + Convert.ToBase64String("ann:s3cret"u8), token.Authorization);
    }

    [Fact]
    public async Task An_identity_token_is_exchanged_and_not_sent_as_a_password()
    {
        using var folder = new TemporaryFolder();
        ScriptedRegistry? registry = null;
        registry = new ScriptedRegistry((request, _) =>
            request.Url!.AbsolutePath == "/token" ? request.HttpMethod == "POST" ? new(200, Encoding.UTF8.GetBytes("""{"access_token":"t"}""")) : new(400)
            : request.Headers["Authorization"] == "Bearer t" ? Content(request.Url.AbsolutePath) : new(401, Headers: [("WWW-Authenticate", $"Bearer realm=\"http://{registry!.Host}/token\"")]));
        await using var running = registry;
        await IsRead(registry, Login(folder, registry.Host, """{"auths":{"HOST":{"identitytoken":"refresh-me"}}}"""));
    }

    [Fact]
    public async Task Basic_credentials_are_sent_when_asked_for()
    {
        using var folder = new TemporaryFolder();
        await using var registry = new ScriptedRegistry((request, _) => request.Headers["Authorization"] is null
            ? new(401, Headers: [("WWW-Authenticate", "Basic realm=\"x\"")]) : Content(request.Url!.AbsolutePath));
        await IsRead(registry, Login(folder, registry.Host, Auth("ann", "with:colon")));
        Assert.Contains(registry.Asked, asked => asked.Authorization == "Basic " + Convert.ToBase64String("ann:with:colon"u8));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_refusal_says_how_to_log_in_and_holds_no_credential(int status)
    {
        using var folder = new TemporaryFolder();
        await using var registry = new ScriptedRegistry((_, _) => new(status, Headers: [("WWW-Authenticate", "Basic realm=\"x\"")]));
        var failure = await IsRefused(registry, Login(folder, registry.Host, Auth("ann", "s3cret-value")));
        Assert.Contains("does not let you read shop/web", failure.Reason);
        Assert.Contains($"docker login {registry.Host}", failure.Remedy!);
        Assert.DoesNotContain("s3cret", failure.ToString());
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_told_as_such()
    {
        await using var registry = new ScriptedRegistry((_, _) => new(404));
        Assert.Contains("there is no image", (await IsRefused(registry)).Reason);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(500)]
    public async Task A_passing_fault_is_tried_again(int status)
    {
        await using var registry = new ScriptedRegistry((request, times) => times < 3 ? new(status) : Content(request.Url!.AbsolutePath));
        await IsRead(registry, Hasty(new HastyClock()));
    }

    [Fact]
    public async Task A_registry_that_says_when_to_come_back_is_waited_for()
    {
        var clock = new HastyClock();
        await using var registry = new ScriptedRegistry((request, times) => times == 1 && request.Url!.AbsolutePath.Contains("manifests", StringComparison.Ordinal)
            ? new(429, Headers: [("Retry-After", "17")]) : Content(request.Url!.AbsolutePath));
        await IsRead(registry, Hasty(clock));
        Assert.Contains(TimeSpan.FromSeconds(17), clock.Waits);
    }

    [Fact]
    public async Task A_registry_that_never_recovers_is_given_up()
    {
        await using var registry = new ScriptedRegistry((_, _) => new(503));
        Assert.Contains("answers 503", (await IsRefused(registry, Hasty(new HastyClock()))).Reason);
        Assert.Equal(5, registry.Asked.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_layer_that_breaks_off_goes_on_where_it_stopped(bool knowsRanges)
    {
        var layer = Image.Stored[0];
        await using var registry = new ScriptedRegistry((request, times) =>
        {
            var answer = Content(request.Url!.AbsolutePath);
            if (!request.Url.AbsolutePath.EndsWith(Digest.Of(layer).Value, StringComparison.Ordinal))
                return answer;
            if (knowsRanges && request.Headers["Range"] is { } range)
            {
                var from = int.Parse(range["bytes=".Length..^1]);
                answer = new(206, layer[from..], "application/octet-stream", -1, ("Content-Range", $"bytes {from}-{layer.Length - 1}/{layer.Length}"));
            }
            return times < 3 ? answer with { CutAfter = Math.Min(answer.Body!.Length, layer.Length / 3) } : answer;
        });
        await IsRead(registry);
        Assert.Contains(registry.Asked, asked => asked.Range is not null);
    }

    [Fact]
    public async Task A_layer_that_always_breaks_off_is_given_up()
    {
        await using var registry = new ScriptedRegistry((request, _) =>
            Content(request.Url!.AbsolutePath) is { Type: "application/octet-stream", Body.Length: > 5000 } layer ? layer with { CutAfter = 10 } : Content(request.Url!.AbsolutePath));
        Assert.Contains("the connection to the registry broke 5 times", (await IsRefused(registry)).Reason);
    }

    [Fact]
    public async Task A_manifest_with_another_digest_than_claimed_is_refused()
    {
        await using var registry = new ScriptedRegistry((request, _) => request.Url!.AbsolutePath.Contains("manifests", StringComparison.Ordinal)
            ? Content(request.Url.AbsolutePath) with { Headers = [("Docker-Content-Digest", Digest.Of("other"u8).Value)] } : Content(request.Url.AbsolutePath));
        Assert.Contains("is not what the registry says", (await IsRefused(registry)).Reason);
    }

    [Fact]
    public async Task A_manifest_asked_for_by_digest_must_have_it()
    {
        await using var registry = new ScriptedRegistry((request, _) => Content(request.Url!.AbsolutePath));
        var report = await Inspect(registry, name: $"shop/web@{Digest.Of("other"u8)}");
        Assert.Contains("has other content than its digest says", Assert.Single(report.Failures).Reason);
    }

    [Fact]
    public async Task A_manifest_past_the_limit_is_not_read_to_its_end()
    {
        await using var registry = new ScriptedRegistry((_, _) => new(200, new byte[100_000]));
        Assert.Contains("the manifest has more than 50000 bytes", (await IsRefused(registry, limits: Limits.Default with { DocumentBytes = 50_000 })).Reason);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task A_manifest_that_is_none_is_refused(string body)
    {
        await using var registry = new ScriptedRegistry((_, _) => new(200, Encoding.UTF8.GetBytes(body)));
        Assert.NotEmpty((await IsRefused(registry)).Reason);
    }

    [Fact]
    public async Task A_host_that_is_redirected_to_cannot_ask_for_the_login()
    {
        using var folder = new TemporaryFolder();
        await using var thief = new ScriptedRegistry((_, _) => new(401, Headers: [("WWW-Authenticate", "Basic realm=\"x\"")]), "localhost");
        await using var registry = new ScriptedRegistry((request, _) => request.Url!.AbsolutePath.Contains("/blobs/", StringComparison.Ordinal)
            ? new(307, Headers: [("Location", $"http://{thief.Host}{request.Url.AbsolutePath}")]) : Content(request.Url.AbsolutePath));
        await IsRefused(registry, Login(folder, registry.Host, Auth("ann", "s3cret")));
        Assert.NotEmpty(thief.Asked);
        Assert.All(thief.Asked, asked => Assert.Null(asked.Authorization));
    }

    [Fact]
    public async Task A_login_service_that_redirects_gets_nothing_sent_on()
    {
        using var folder = new TemporaryFolder();
        await using var thief = new ScriptedRegistry((_, _) => new(200, Encoding.UTF8.GetBytes("""{"token":"t"}""")), "localhost");
        ScriptedRegistry? registry = null;
        registry = new ScriptedRegistry((request, _) => request.Url!.AbsolutePath == "/token" ? new(307, Headers: [("Location", $"http://{thief.Host}/token")])
            : new(401, Headers: [("WWW-Authenticate", $"Bearer realm=\"http://{registry!.Host}/token\"")]));
        await using var running = registry;
        await IsRefused(registry, Login(folder, registry.Host, """{"auths":{"HOST":{"identitytoken":"refresh-me"}}}"""));
        Assert.Empty(thief.Asked);
    }

    [Fact]
    public async Task Redirects_in_a_circle_end()
    {
        ScriptedRegistry? registry = null;
        registry = new ScriptedRegistry((request, _) => new(307, Headers: [("Location", $"http://{registry!.Host}{request.Url!.AbsolutePath}")]));
        await using var running = registry;
        Assert.Contains("redirects in a circle, or more than 5 times", (await IsRefused(registry)).Reason);
        Assert.Equal(6, registry.Asked.Count);
    }

    [Fact]
    public async Task A_loopback_registry_without_https_is_found_by_itself()
    {
        await using var registry = new ScriptedRegistry((request, _) => Content(request.Url!.AbsolutePath));
        var request = new InspectionRequest(new ImageSource.Registry(ImageName.Parse($"{registry.Host}/shop/web:1")));
        var options = new RegistryOptions { Attempts = 2 };
        Assert.Empty((await new Inspector(Limits.Default, options).Inspect(request, null, TestContext.Current.CancellationToken)).Report.Failures);
    }

    [Fact]
    public async Task A_registry_that_cannot_be_reached_is_told_as_such()
    {
        using var nobody = new ClosedPort();
        var request = new InspectionRequest(new ImageSource.Registry(ImageName.Parse($"{nobody.Host}/shop/web:1")));
        var failure = Assert.Single((await new Inspector(Limits.Default, Hasty(new HastyClock())).Inspect(request, null, TestContext.Current.CancellationToken)).Report.Failures);
        Assert.Contains("cannot be reached", failure.Reason);
    }
}
