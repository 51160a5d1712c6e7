using k8s;
using k8s.Models;
using Plimsoll.Operator.Cluster;
using Plimsoll.Operator.Tests.Samples;

namespace Plimsoll.Operator.Tests.Cluster;

public sealed class ApiServerTests : IAsyncLifetime
{
    FakeApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeApiServer.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task An_answer_that_stops_in_the_middle_is_waited_for_no_longer_than_wanted(int code)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.On("GET", async context =>
        {
            context.Response.StatusCode = code;
            await Answer.Tell(context, ["{"]);
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var end = new CancellationTokenSource();
        // On a thread of its own: one that stands still shall not be that of the test.
        var read = Task.Run(() => Read(end.Token), Patience.Ct);
        await begun.Task.Soon();
        Assert.False(read.IsCompleted);

        await end.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.Soon());
    }

    [Fact]
    public async Task An_answer_without_an_end_is_an_error_and_not_kept()
    {
        _server.On("GET", async context =>
        {
            var spaces = new string(' ', 1 << 20);
            for (var i = 0; i < 1024; i++)
                await Answer.Tell(context, [spaces]);
        });

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => Read(Patience.Ct).Soon());

        Assert.True(refused.IsOfTheServer(Patience.Ct), refused.ToString());
    }

    Task<V1Deployment> Read(CancellationToken ct) => _server.Client().AppsV1.ReadNamespacedDeploymentAsync("one", "shop", cancellationToken: ct);
}
