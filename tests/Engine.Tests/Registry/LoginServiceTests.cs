using System.Text;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Engine.Tests.Registry.RegistryCase;
using static Plimsoll.Engine.Tests.Registry.ScriptedRegistry;

namespace Plimsoll.Engine.Tests.Registry;

/// <summary>The service that gives the tokens fails in its own name.</summary>
public sealed class LoginServiceTests
{
    const string Token = """{"token":"t"}""";

    /// <summary>A registry that takes the token "t" alone, which it gives out at its own address as the test says.</summary>
    static ScriptedRegistry WithLogin(Func<int, Answer> login)
    {
        ScriptedRegistry? registry = null;
        return registry = new ScriptedRegistry((request, times) => request.Url!.AbsolutePath == "/token" ? login(times)
            : request.Headers["Authorization"] == "Bearer t" ? Content(request.Url.AbsolutePath)
            : new(401, Headers: [("WWW-Authenticate", $"Bearer realm=\"http://{registry!.Host}/token\"")]));
    }

    static Answer Json(string json) => new(200, Encoding.UTF8.GetBytes(json));

    static int Logins(ScriptedRegistry registry) => registry.Asked.Count(asked => asked.Path.StartsWith("/token", StringComparison.Ordinal));

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task A_passing_fault_is_tried_again(int status)
    {
        await using var registry = WithLogin(times => times < 3 ? new(status) : Json(Token));
        await IsRead(registry, Hasty(new HastyClock()));
        Assert.Equal(3, Logins(registry));
    }

    [Fact]
    public async Task A_login_service_that_says_when_to_come_back_is_waited_for()
    {
        var clock = new HastyClock();
        await using var registry = WithLogin(times => times == 1 ? new(429, Headers: [("Retry-After", "17")]) : Json(Token));
        await IsRead(registry, Hasty(clock));
        Assert.Contains(TimeSpan.FromSeconds(17), clock.Waits);
    }

    [Theory]
    [InlineData(503, "answers 503", 5)]
    [InlineData(429, "limits how often it may be asked", 5)]
    [InlineData(404, "answers 404", 1)]
    [InlineData(307, "answers 307", 1)]
    public async Task A_login_service_that_does_not_work_is_named_and_nobody_is_told_to_log_in(int status, string reason, int times)
    {
        await using var registry = WithLogin(_ => new(status));
        var failure = await IsRefused(registry, Hasty(new HastyClock()));
        Assert.Contains($"the login service {registry.Host}", failure.Reason);
        Assert.Contains(reason, failure.Reason);
        Assert.Equal(("try again later", times), (failure.Remedy, Logins(registry)));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_login_that_is_refused_says_how_to_log_in(int status)
    {
        await using var registry = WithLogin(_ => new(status));
        Assert.Contains("docker login", (await IsRefused(registry)).Remedy!);
    }

    [Fact]
    public async Task A_login_service_that_cannot_be_reached_is_named()
    {
        using var nobody = new ClosedPort();
        await using var registry = new ScriptedRegistry((_, _) => new(401, Headers: [("WWW-Authenticate", $"Bearer realm=\"http://{nobody.Host}/token\"")]));
        Assert.Contains($"the login service {nobody.Host} cannot be reached", (await IsRefused(registry, Hasty(new HastyClock()))).Reason);
    }

    [Theory]
    [InlineData("""{"token":"two\nlines"}""")]
    [InlineData("""{"token":"two\r\nX-Header: 1"}""")]
    [InlineData("""{"access_token":"two words"}""")]
    [InlineData("""{"token":"n\u00f6n-ascii"}""")]
    public async Task A_token_that_no_header_can_hold_is_refused(string token)
    {
        await using var registry = WithLogin(_ => Json(token));
        Assert.Contains($"the login service {registry.Host} gives a token that no request can carry", (await IsRefused(registry)).Reason);
    }

    [Fact]
    public async Task An_empty_identity_token_is_none_and_the_password_is_used()
    {
        using var folder = new TemporaryFolder();
        await using var registry = WithLogin(_ => Json(Token));
        await IsRead(registry, Login(folder, registry.Host, """{"auths":{"HOST":{"username":"ann","password":"s3cret","identitytoken":""}}}"""));
        Assert.Contains(registry.Asked, asked => asked is { Method: "GET", Authorization: { } login } && login == "Basic " + Convert.ToBase64String("ann:s3cret"u8));
    }
}
