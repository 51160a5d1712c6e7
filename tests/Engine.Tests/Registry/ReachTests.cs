using System.Collections.Concurrent;
using System.Net;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Reports;
using static Plimsoll.Engine.Tests.Registry.RegistryCase;

namespace Plimsoll.Engine.Tests.Registry;

/// <summary>A service decides which addresses its registries may have.</summary>
public sealed class ReachTests
{
    [Fact]
    public async Task An_address_that_is_not_allowed_is_not_connected_to()
    {
        var offered = new ConcurrentQueue<(string, IPAddress)>();
        await using var registry = new ScriptedRegistry((request, _) => Content(request.Url!.AbsolutePath));
        var failure = await IsRefused(registry, new RegistryOptions
        {
            MayReach = (host, address) =>
            {
                offered.Enqueue((host, address));
                return false;
            },
        });
        Assert.Contains("the address of 127.0.0.1 is not allowed", failure.Reason);
        Assert.Equal([("127.0.0.1", IPAddress.Loopback)], offered.Distinct());
        Assert.Empty(registry.Asked);
    }

    [Fact]
    public async Task An_address_that_is_allowed_is_connected_to()
    {
        await using var registry = new ScriptedRegistry((request, _) => Content(request.Url!.AbsolutePath));
        await IsRead(registry, new RegistryOptions { MayReach = (_, address) => address.Equals(IPAddress.Loopback) });
    }

    [Fact]
    public async Task A_name_is_reached_only_at_those_of_its_addresses_that_are_allowed()
    {
        var offered = new ConcurrentQueue<(string Host, IPAddress Address)>();
        await using var registry = new ScriptedRegistry((request, _) => Content(request.Url!.AbsolutePath), "localhost");
        await IsRead(registry, new RegistryOptions
        {
            MayReach = (host, address) =>
            {
                offered.Enqueue((host, address));
                return address.Equals(IPAddress.Loopback);
            },
        });
        Assert.All(offered, pair => Assert.Equal("localhost", pair.Host));
        Assert.Equal((await Dns.GetHostAddressesAsync("localhost", TestContext.Current.CancellationToken)).ToHashSet(), offered.Select(pair => pair.Address).ToHashSet());
    }

    [Theory]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    [InlineData("0177.0.0.1")]
    public async Task An_address_in_disguise_is_offered_as_what_it_is(string host)
    {
        var offered = new ConcurrentQueue<IPAddress>();
        await IsRefusedAt(host, address =>
        {
            offered.Enqueue(address);
            return false;
        });
        Assert.Equal([IPAddress.Loopback], offered.Distinct());
    }

    [Fact]
    public async Task A_redirect_to_an_address_that_is_not_allowed_is_not_followed()
    {
        await using var inner = new ScriptedRegistry((request, _) => Content(request.Url!.AbsolutePath), "localhost");
        await using var registry = new ScriptedRegistry((request, _) => request.Url!.AbsolutePath.Contains("/blobs/", StringComparison.Ordinal)
            ? new(307, Headers: [("Location", $"http://{inner.Host}{request.Url.AbsolutePath}")]) : Content(request.Url.AbsolutePath));
        Assert.Contains("the address of localhost is not allowed", (await IsRefused(registry, new RegistryOptions { MayReach = (host, _) => host != "localhost" })).Reason);
        Assert.Empty(inner.Asked);
    }

    [Fact]
    public async Task A_login_service_at_an_address_that_is_not_allowed_is_not_asked()
    {
        await using var inner = new ScriptedRegistry((_, _) => new(200, """{"token":"t"}"""u8.ToArray()), "localhost");
        await using var registry = new ScriptedRegistry((_, _) => new(401, Headers: [("WWW-Authenticate", $"Bearer realm=\"http://{inner.Host}/token\"")]));
        Assert.Contains("the address of localhost is not allowed", (await IsRefused(registry, new RegistryOptions { MayReach = (host, _) => host != "localhost" })).Reason);
        Assert.Empty(inner.Asked);
    }

    [Fact]
    public async Task A_name_whose_address_changes_is_connected_to_at_the_address_that_was_judged()
    {
        // As whoever owns a name has it: the first look-up tells an address that is allowed, the next one another.
        var answers = new ConcurrentQueue<IPAddress>([IPAddress.Loopback, IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.2")]);
        var judged = new ConcurrentQueue<IPAddress>();
        await using var registry = new ScriptedRegistry((request, _) => Content(request.Url!.AbsolutePath) with { Headers = [("Connection", "close")] }, "localhost");
        var options = new RegistryOptions
        {
            Attempts = 1,
            LookUp = (_, _) => Task.FromResult(new[] { answers.TryDequeue(out var next) ? next : IPAddress.Parse("127.0.0.2") }),
            MayReach = (_, address) =>
            {
                judged.Enqueue(address);
                return address.Equals(IPAddress.Loopback);
            },
        };
        var failure = await IsRefused(registry, options);
        Assert.Equal((FailureKind.NotAllowed, 1), (failure.Kind, registry.Asked.Count));
        Assert.Equal([IPAddress.Loopback, IPAddress.Parse("127.0.0.2")], judged.Distinct());
    }

    [Fact]
    public async Task A_refusal_has_the_remedy_of_whoever_refuses()
    {
        await using var registry = new ScriptedRegistry((request, _) => Content(request.Url!.AbsolutePath));
        Assert.Equal("ask ann", (await IsRefused(registry, new RegistryOptions { MayReach = (_, _) => false, RefusalRemedy = "ask ann" })).Remedy);
    }

    [Fact]
    public void No_proxy_is_used_where_addresses_are_judged()
    {
        using var judged = Connections.Of(new RegistryOptions { MayReach = (_, _) => true });
        using var free = Connections.Of(new RegistryOptions());
        Assert.Equal((false, true), (judged.UseProxy, free.UseProxy));
    }

    static async Task IsRefusedAt(string host, Func<IPAddress, bool> mayReach)
    {
        var name = Engine.Images.ImageName.Parse($"{host}:5000/shop/web:1");
        var options = new RegistryOptions { MayReach = (_, address) => mayReach(address) };
        var resolved = await new Inspector(Engine.Archives.Limits.Default, options).Resolve(name, TestContext.Current.CancellationToken);
        Assert.Contains("is not allowed", resolved.Failure!.Reason);
    }
}
