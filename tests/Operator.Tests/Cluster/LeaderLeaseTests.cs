using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Operator.Cluster;
using Plimsoll.Operator.Tests.Samples;

namespace Plimsoll.Operator.Tests.Cluster;

[Trait("Category", "Unsteady")]
public sealed class LeaderLeaseTests : IAsyncLifetime
{
    readonly WatchedClock _clock = new();
    FakeApiServer _server = null!;
    ApiServer _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.Start();
        _client = _server.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Where_there_is_no_lease_it_is_made()
    {
        var lease = Candidate("a");

        await lease.Acquire(Patience.Ct).Soon();

        Assert.True(lease.Holds);
        Assert.Equal(("a", 15, 0), Held());
    }

    [Fact]
    public async Task A_lease_without_a_holder_is_taken()
    {
        Put(new JsonObject());

        await Candidate("a").Acquire(Patience.Ct).Soon();

        Assert.Equal("a", Held().Holder);
    }

    [Fact]
    public async Task Who_is_told_that_the_lease_was_made_meanwhile_looks_again()
    {
        _server.On("POST", Answer.Refuse(409, "AlreadyExists"));
        var acquired = Candidate("a").Acquire(Patience.Ct);

        await _clock.Pass(2, 2);

        await acquired.Soon();
        Assert.Equal("a", Held().Holder);
    }

    [Fact]
    public async Task Another_ones_lease_is_taken_only_when_it_stood_still_before_our_eyes_for_its_duration()
    {
        // By its own words it has been over for years.
        Put(new JsonObject { ["holderIdentity"] = "b", ["leaseDurationSeconds"] = 7, ["renewTime"] = "2001-01-01T00:00:00.000000Z", ["leaseTransitions"] = 3 });
        var acquired = Candidate("a").Acquire(Patience.Ct);

        for (var i = 0; i < 3; i++)
            await _clock.Pass(2, 2);
        await _clock.Timer(2, 2);
        Assert.Equal("b", Held().Holder);
        _clock.Advance(TimeSpan.FromSeconds(2));

        await acquired.Soon();
        Assert.Equal(("a", 15, 4), Held());
    }

    [Fact]
    public async Task One_failed_renewal_loses_nothing()
    {
        var lease = await Holder("a");
        using var end = new CancellationTokenSource();
        var kept = lease.Keep(end.Token);
        _server.On("PUT", Answer.Refuse(500, "InternalError"), Answer.Refuse(409, "Conflict"));

        await _clock.Pass(2, 2);
        await _clock.Pass(0.5, 0.5);
        await _clock.Pass(0.5, 0.5);
        await _clock.Timer(2, 2);

        Assert.True(lease.Holds);
        Assert.False(kept.IsCompleted);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => kept.Soon());
    }

    [Fact]
    public async Task Who_cannot_renew_until_the_deadline_has_lost_it()
    {
        var lease = await Holder("a");
        _server.Fault = async context =>
        {
            await Answer.Refuse(500, "InternalError")(context);
            return true;
        };
        var kept = lease.Keep(Patience.Ct);

        await _clock.Pass(2, 2);
        for (var tries = 0; tries < 15; tries++)
            await _clock.Pass(0.5, 0.5);
        await _clock.Timer(0.5, 0.5);
        Assert.True(lease.Holds);
        Assert.False(kept.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.5));

        Assert.False(lease.Holds);
        await kept.Soon();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(200)]
    [InlineData(500)]
    public async Task The_deadline_counts_even_while_a_renewal_hangs(int? begunWith)
    {
        var lease = await Holder("a");
        var hangs = Hang(begunWith);
        var kept = lease.Keep(Patience.Ct);

        await _clock.Pass(2, 2);
        await hangs.Reader.ReadAsync(Patience.Ct).Soon();
        // Half of the time that it may hold it is enough for one try.
        _clock.Advance(TimeSpan.FromSeconds(5));
        await _clock.Pass(0.5, 0.5);
        await hangs.Reader.ReadAsync(Patience.Ct).Soon();
        _clock.Advance(TimeSpan.FromSeconds(2.4));
        Assert.True(lease.Holds);
        Assert.False(kept.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.False(lease.Holds);
        await kept.Soon();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_renewal_whose_answer_comes_after_the_deadline_is_a_loss_although_the_server_has_it(bool timersAreLate)
    {
        var lease = await Holder("a");
        var (written, goOn) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _server.On("PUT", async context =>
        {
            var renewed = await Answer.Body(context);
            Put(renewed["spec"]!.DeepClone().AsObject());
            written.SetResult();
            await goOn.Task;
            await Answer.Send(context, renewed);
        });
        var kept = lease.Keep(Patience.Ct);
        var before = Version();

        await _clock.Pass(2, 2);
        await written.Task.Soon();
        if (timersAreLate)
            _clock.Oversleep(TimeSpan.FromSeconds(8));
        else
            _clock.Advance(TimeSpan.FromSeconds(8));
        goOn.SetResult();

        await kept.Soon();
        Assert.False(lease.Holds);
        Assert.NotEqual(before, Version());
        Assert.Equal("a", Held().Holder);
    }

    [Fact]
    public async Task Who_finds_another_ones_name_in_it_has_lost_it()
    {
        var lease = await Holder("a");
        var kept = lease.Keep(Patience.Ct);
        Put(new JsonObject { ["holderIdentity"] = "b", ["leaseDurationSeconds"] = 15, ["leaseTransitions"] = 1 });

        await _clock.Pass(2, 2);

        await kept.Soon();
        Assert.False(lease.Holds);
        await lease.Release(Patience.Ct).Soon();
        Assert.Equal("b", Held().Holder);
    }

    [Fact]
    public async Task A_lease_that_is_given_back_has_no_holder_and_is_taken_at_the_next_try()
    {
        var first = await Holder("a");
        var second = Candidate("b");
        var acquired = second.Acquire(Patience.Ct);
        await _clock.Timer(2, 2);
        Assert.False(second.Holds);

        await first.Release(Patience.Ct).Soon();

        Assert.Equal(("", 1, 0), Held());
        Assert.False(first.Holds);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await acquired.Soon();
        Assert.Equal(("b", 15, 1), Held());
    }

    [Fact]
    public async Task Of_two_candidates_at_once_one_holds()
    {
        for (var round = 0; round < 20; round++)
        {
            using var end = new CancellationTokenSource();
            var candidates = new[] { Candidate($"a{round}"), Candidate($"b{round}") };
            var acquired = candidates.Select(one => one.Acquire(end.Token)).ToList();

            await (await Task.WhenAny(acquired).Soon());
            await _clock.Timer(2, 2);

            Assert.Equal(1, candidates.Count(one => one.Holds));
            Assert.Equal(candidates[0].Holds ? $"a{round}" : $"b{round}", Held().Holder);
            await end.CancelAsync();
            await candidates.Single(one => one.Holds).Release(Patience.Ct).Soon();
        }
    }

    LeaderLease Candidate(string identity) => new(_client, new LeaseOptions("plimsoll", "operator", identity), _clock, NullLogger<LeaderLease>.Instance);

    async Task<LeaderLease> Holder(string identity)
    {
        var lease = Candidate(identity);
        await lease.Acquire(Patience.Ct).Soon();
        return lease;
    }

    /// <summary>From now on nothing is answered, or an answer begins and never ends. Tells of each request.</summary>
    Channel<string> Hang(int? begunWith)
    {
        var requests = Channel.CreateUnbounded<string>();
        _server.Fault = async context =>
        {
            requests.Writer.TryWrite(context.Request.Method);
            if (begunWith is { } code)
            {
                context.Response.StatusCode = code;
                await Answer.Tell(context, ["{"]);
            }
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return true;
        };
        return requests;
    }

    string? Version() => FakeCollection.VersionOf(_server.Of("leases").Find("plimsoll/operator"));

    void Put(JsonObject spec) => _server.Of("leases").Put(new JsonObject { ["metadata"] = new JsonObject { ["name"] = "operator", ["namespace"] = "plimsoll" }, ["spec"] = spec });

    (string? Holder, int Seconds, int Transitions) Held()
    {
        var spec = _server.Of("leases").Find("plimsoll/operator")!["spec"]!;
        return ((string?)spec["holderIdentity"], (int)spec["leaseDurationSeconds"]!, (int)spec["leaseTransitions"]!);
    }
}
