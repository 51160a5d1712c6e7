using System.Text.Json.Nodes;
using Plimsoll.Operator.Tests.Samples;

namespace Plimsoll.Operator.Tests.Cluster;

public sealed class LeaderLeaseTests : IAsyncLifetime
{
    readonly WatchedClock _clock = new();
    FakeApiServer _server = null!;
    FakeLease _leases = null!;

    public async ValueTask InitializeAsync() => _leases = new FakeLease(_server = await FakeApiServer.Start(), _clock);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Where_there_is_no_lease_it_is_made()
    {
        var lease = _leases.Candidate("a");

        await lease.Acquire(Patience.Ct).Soon();

        Assert.True(lease.Holds);
        Assert.Equal(("a", 15, 0), _leases.Held());
    }

    [Fact]
    public async Task A_lease_without_a_holder_is_taken()
    {
        _leases.Put(new JsonObject());

        await _leases.Candidate("a").Acquire(Patience.Ct).Soon();

        Assert.Equal("a", _leases.Held().Holder);
    }

    [Fact]
    public async Task Who_is_told_that_the_lease_was_made_meanwhile_looks_again()
    {
        _server.On("POST", Answer.Refuse(409, "AlreadyExists"));
        var acquired = _leases.Candidate("a").Acquire(Patience.Ct);

        await _clock.Pass(2, 2);

        await acquired.Soon();
        Assert.Equal("a", _leases.Held().Holder);
    }

    [Fact]
    public async Task Another_ones_lease_is_taken_only_when_it_stood_still_before_our_eyes_for_its_duration()
    {
        // By its own words it has been over for years.
        _leases.Put(new JsonObject { ["holderIdentity"] = "b", ["leaseDurationSeconds"] = 7, ["renewTime"] = "2001-01-01T00:00:00.000000Z", ["leaseTransitions"] = 3 });
        var acquired = _leases.Candidate("a").Acquire(Patience.Ct);

        for (var i = 0; i < 3; i++)
            await _clock.Pass(2, 2);
        await _clock.Timer(2, 2);
        Assert.Equal("b", _leases.Held().Holder);
        _clock.Advance(TimeSpan.FromSeconds(2));

        await acquired.Soon();
        Assert.Equal(("a", 15, 4), _leases.Held());
    }

    [Fact]
    public async Task One_failed_renewal_loses_nothing()
    {
        var lease = await _leases.Holder("a");
        using var end = new CancellationTokenSource();
        var kept = lease.Keep(end.Token);
        _server.On("PUT", Answer.Refuse(500, "InternalError"), Answer.Refuse(409, "Conflict"));

        await _clock.Pass(2, 2);
        // Away: a pause. Somebody wrote meanwhile: it is read who, and it was nobody else.
        await _clock.Pass(0.5, 0.5);
        await _clock.Timer(2, 2);

        Assert.True(lease.Holds);
        Assert.False(kept.IsCompleted);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => kept.Soon());
    }

    [Fact]
    public async Task Who_finds_another_ones_name_in_it_has_lost_it()
    {
        var lease = await _leases.Holder("a");
        var kept = lease.Keep(Patience.Ct);
        _leases.Put(new JsonObject { ["holderIdentity"] = "b", ["leaseDurationSeconds"] = 15, ["leaseTransitions"] = 1 });

        await _clock.Pass(2, 2);

        await kept.Soon();
        Assert.False(lease.Holds);
        await lease.Release(Patience.Ct).Soon();
        Assert.Equal("b", _leases.Held().Holder);
    }

    [Fact]
    public async Task A_lease_that_is_given_back_has_no_holder_and_is_taken_at_the_next_try()
    {
        var first = await _leases.Holder("a");
        var second = _leases.Candidate("b");
        var acquired = second.Acquire(Patience.Ct);
        await _clock.Timer(2, 2);
        Assert.False(second.Holds);

        await first.Release(Patience.Ct).Soon();

        Assert.Equal(("", 1, 0), _leases.Held());
        Assert.False(first.Holds);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await acquired.Soon();
        Assert.Equal(("b", 15, 1), _leases.Held());
    }

    [Fact]
    public async Task Of_two_candidates_at_once_one_holds()
    {
        for (var round = 0; round < 20; round++)
        {
            using var end = new CancellationTokenSource();
            var candidates = new[] { _leases.Candidate($"a{round}"), _leases.Candidate($"b{round}") };
            var acquired = candidates.Select(one => one.Acquire(end.Token)).ToList();

            await (await Task.WhenAny(acquired).Soon());
            await _clock.Timer(2, 2);

            Assert.Equal(1, candidates.Count(one => one.Holds));
            Assert.Equal(candidates[0].Holds ? $"a{round}" : $"b{round}", _leases.Held().Holder);
            await end.CancelAsync();
            await candidates.Single(one => one.Holds).Release(Patience.Ct).Soon();
        }
    }
}
