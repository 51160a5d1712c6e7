using Plimsoll.Engine.Images;
using static Plimsoll.Engine.Tests.Registry.RegistryCase;

namespace Plimsoll.Engine.Tests.Registry;

/// <summary>Connections that break and connections that fall silent, wherever in the conversation it happens.</summary>
public sealed class BrokenConnectionTests
{
    static readonly string Layer = Digest.Of(Image.Stored[0]).Value;
    static readonly string Config = Digest.Of(Image.ConfigBytes).Value;

    [Theory]
    [InlineData("manifest")]
    [InlineData("config")]
    public async Task A_document_that_breaks_off_is_asked_for_again(string document)
    {
        await using var registry = new ScriptedRegistry((request, times) =>
            IsFor(document, request.Url!.AbsolutePath) && times < 4 ? Content(request.Url.AbsolutePath) with { CutAfter = 10 } : Content(request.Url.AbsolutePath));
        await IsRead(registry, Hasty(new HastyClock()));
        Assert.Equal(4, registry.Asked.Count(asked => IsFor(document, asked.Path)));
    }

    [Theory]
    [InlineData("manifest")]
    [InlineData("config")]
    public async Task A_document_that_always_breaks_off_is_given_up(string document)
    {
        await using var registry = new ScriptedRegistry((request, _) => Content(request.Url!.AbsolutePath) with { CutAfter = IsFor(document, request.Url.AbsolutePath) ? 10 : -1 });
        var failure = await IsRefused(registry, Hasty(new HastyClock()));
        Assert.Contains($"the connection to the registry {registry.Host} broke in the middle of the {document}", failure.Reason);
        Assert.Equal("try again later", failure.Remedy);
        Assert.Equal(5, registry.Asked.Count(asked => IsFor(document, asked.Path)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    public async Task One_attempt_is_one_request(int cutAfter)
    {
        await using var registry = new ScriptedRegistry((request, _) => cutAfter < 0 ? new(503) : Content(request.Url!.AbsolutePath) with { CutAfter = cutAfter });
        await IsRefused(registry, Hasty(new HastyClock()) with { Attempts = 1 });
        Assert.Single(registry.Asked);
    }

    [Theory]
    [InlineData("manifest")]
    [InlineData("config")]
    public async Task A_document_that_falls_silent_is_given_up(string document)
    {
        var clock = new HastyClock();
        await using var registry = new ScriptedRegistry((request, _) =>
            IsFor(document, request.Url!.AbsolutePath) ? Silent(clock, Content(request.Url.AbsolutePath)) : Content(request.Url.AbsolutePath));
        var failure = await IsRefused(registry, Hasty(clock) with { Attempts = 1 });
        Assert.Contains($"the registry {registry.Host} fell silent in the middle of the {document}", failure.Reason);
    }

    [Fact]
    public async Task A_token_that_falls_silent_is_given_up()
    {
        var clock = new HastyClock();
        ScriptedRegistry? registry = null;
        registry = new ScriptedRegistry((request, _) => request.Url!.AbsolutePath == "/token" ? Silent(clock, new(200, """{"token":"t"}"""u8.ToArray()))
            : new(401, Headers: [("WWW-Authenticate", $"Bearer realm=\"http://{registry!.Host}/token\"")]));
        await using var running = registry;
        Assert.Contains($"the login service {registry.Host} fell silent", (await IsRefused(registry, Hasty(clock) with { Attempts = 1 })).Reason);
    }

    [Fact]
    public async Task A_layer_that_falls_silent_is_given_up()
    {
        var clock = new HastyClock();
        await using var registry = new ScriptedRegistry((request, _) =>
            IsFor("layer", request.Url!.AbsolutePath) ? Silent(clock, Content(request.Url.AbsolutePath)) : Content(request.Url.AbsolutePath));
        Assert.Contains("broke 1 times", (await IsRefused(registry, Hasty(clock) with { Attempts = 1 })).Reason);
    }

    [Fact]
    public async Task What_is_sent_again_may_neither_fall_silent_nor_break_off_unnoticed()
    {
        var clock = new HastyClock();
        await using var registry = new ScriptedRegistry((request, times) => (IsFor("layer", request.Url!.AbsolutePath), times) switch
        {
            (true, < 3) => Content(request.Url.AbsolutePath) with { CutAfter = 5_000 / times },
            (true, _) => Silent(clock, Content(request.Url.AbsolutePath)),
            _ => Content(request.Url.AbsolutePath),
        });
        var failure = await IsRefused(registry, Hasty(clock) with { Attempts = 3 });
        Assert.Contains("the connection to the registry broke 3 times, the last after 5000 bytes", failure.Reason);
        Assert.Equal([null, "bytes=5000-", "bytes=5000-"], registry.Asked.Where(asked => IsFor("layer", asked.Path)).Select(asked => asked.Range));
    }

    static bool IsFor(string part, string path) => part switch
    {
        "manifest" => path.Contains("/manifests/", StringComparison.Ordinal),
        "config" => path.EndsWith(Config, StringComparison.Ordinal),
        _ => path.EndsWith(Layer, StringComparison.Ordinal),
    };

    // The request is under way by now, so that only what the client waits for after the answer's head is in vain.
    static ScriptedRegistry.Answer Silent(HastyClock clock, ScriptedRegistry.Answer answer)
    {
        clock.LetIdleTimePass();
        return answer with { CutAfter = 1, Hangs = true };
    }
}
