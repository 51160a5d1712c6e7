using System.Threading.Channels;
using Plimsoll.Operator.Tests.Samples;

namespace Plimsoll.Operator.Tests.Cluster;

/// <summary>Who could not renew the lease in time has lost it, before another may take it.</summary>
public sealed class LeaseDeadlineTests : IAsyncLifetime
{
    readonly WatchedClock _clock = new();
    FakeApiServer _server = null!;
    FakeLease _leases = null!;

    public async ValueTask InitializeAsync() => _leases = new FakeLease(_server = await FakeApiServer.Start(), _clock);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Who_cannot_renew_until_the_deadline_has_lost_it()
    {
        var lease = await _leases.Holder("a");
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
        var lease = await _leases.Holder("a");
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
        var lease = await _leases.Holder("a");
        var (written, goOn) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _server.On("PUT", async context =>
        {
            var renewed = await Answer.Body(context);
            _leases.Put(renewed["spec"]!.DeepClone().AsObject());
            written.SetResult();
            await goOn.Task;
            await Answer.Send(context, renewed);
        });
        var kept = lease.Keep(Patience.Ct);
        var before = _leases.Version();

        await _clock.Pass(2, 2);
        await written.Task.Soon();
        if (timersAreLate)
            _clock.Oversleep(TimeSpan.FromSeconds(8));
        else
            _clock.Advance(TimeSpan.FromSeconds(8));
        goOn.SetResult();

        await kept.Soon();
        Assert.False(lease.Holds);
        Assert.NotEqual(before, _leases.Version());
        Assert.Equal("a", _leases.Held().Holder);
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
}
