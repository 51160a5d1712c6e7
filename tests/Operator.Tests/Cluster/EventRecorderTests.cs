using System.Text;
using System.Text.Json.Nodes;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Operator.Cluster;
using Plimsoll.Operator.Tests.Samples;

namespace Plimsoll.Operator.Tests.Cluster;

public sealed class EventRecorderTests : IAsyncLifetime
{
    readonly WatchedClock _clock = new();
    readonly V1Deployment _about = Sample.Read(Sample.Deployment("one", "7", "a"));
    FakeApiServer _server = null!;
    EventRecorder _events = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.Start();
        _events = new EventRecorder(_server.Client(), "operator-0_" + new string('x', 300), _clock, NullLogger<EventRecorder>.Instance);
        (_about.ApiVersion, _about.Kind) = ("apps/v1", "Deployment");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_same_said_again_is_one_event_that_counts()
    {
        for (var i = 0; i < 3; i++)
            await Tell("it failed");

        var told = Assert.Single(Told());
        Assert.Equal(3, (int)told["series"]!["count"]!);
        Assert.Equal(("GateFailed", "Warning", "it failed", "Gate", "plimsoll.dev/operator", "a"),
            ((string?)told["reason"], (string?)told["type"], (string?)told["note"], (string?)told["action"], (string?)told["reportingController"], (string?)told["regarding"]!["uid"]));
    }

    [Fact]
    public async Task Something_else_or_the_same_much_later_is_another_event()
    {
        await Tell("it failed");
        await Tell("it failed by another rule");
        _clock.Advance(TimeSpan.FromMinutes(7));
        await Tell("it failed");

        Assert.Equal(3, Told().Count);
    }

    [Fact]
    public async Task An_event_that_the_server_refuses_is_not_told_and_the_next_one_is()
    {
        _server.On("POST", Answer.Refuse(403, "Forbidden"));

        await Tell("it failed");
        Assert.Empty(Told());
        await Tell("it failed");
        Assert.Single(Told());
    }

    [Fact]
    public async Task An_event_that_is_gone_is_made_anew_at_the_next_word()
    {
        await Tell("it failed");
        _server.Of("events").Delete(Assert.Single(_server.Of("events").Versions()).Key);

        await Tell("it failed");
        await Tell("it failed");

        Assert.Single(Told());
    }

    [Fact]
    public async Task What_is_too_long_is_cut_between_characters_by_its_bytes()
    {
        await Tell(string.Concat(Enumerable.Repeat("🚢", 400)));

        var told = Assert.Single(Told());
        Assert.InRange(Encoding.UTF8.GetByteCount((string)told["note"]!), 1020, 1024);
        Assert.EndsWith("🚢…", (string)told["note"]!);
        Assert.Equal(128, Encoding.UTF8.GetByteCount((string)told["reportingInstance"]!));
    }

    Task Tell(string note) => _events.Tell(_about, true, "GateFailed", "Gate", note, Patience.Ct);

    List<JsonObject> Told() => [.. _server.Of("events").Versions().Keys.Select(key => _server.Of("events").Find(key)!)];
}
