using Plimsoll.Operator.Rollouts;
using Plimsoll.Operator.Tests.Samples;

namespace Plimsoll.Operator.Tests.Rollouts;

/// <summary>A process that dies anywhere is followed by one that goes on.</summary>
public sealed class DyingProcessTests
{
    static readonly SmokeSpec Smoke = new(new HttpGetSpec("/health", 8000));

    // Announced and not done, done and not told: whatever was written last, the next process goes on from there.
    [Fact]
    public async Task A_process_that_dies_after_any_write_is_followed_by_one_that_ends_the_rollout()
    {
        var whole = await DieAfter(int.MaxValue);
        Assert.InRange(whole, 6, 20);

        await Task.WhenAll(Enumerable.Range(0, whole).Select(DieAfter));
    }

    static async Task<int> DieAfter(int most)
    {
        await using var shop = await Shop.Open();
        var (writes, isDead) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        shop.Server.Fault = context =>
        {
            var isWrite = context.Request.Method != "GET" && !context.Request.Path.Value!.Contains("/leases", StringComparison.Ordinal) && !context.Request.Path.Value.Contains("/events", StringComparison.Ordinal);
            if (isDead.Task.IsCompleted || isWrite && Interlocked.Increment(ref writes) > most)
            {
                isDead.TrySetResult();
                context.Abort();
                return Task.FromResult(true);
            }
            return Task.FromResult(false);
        };
        shop.Roll(Shop.Good, spec => spec with { Smoke = Smoke });
        // One that made fewer writes than another run is done before it dies.
        await using (await shop.Operate())
            await Task.WhenAny(shop.Until(one => one.Phase is Phase.Done), isDead.Task).Unwrap();
        if (isDead.Task.IsCompleted)
        {
            shop.Server.Fault = null;
            shop.Server.Of("leases").Delete("shop/plimsoll-operator");
            await using var next = await shop.Operate();
            await shop.Until(one => one.Phase is Phase.Done);
            await shop.Until(() => shop.Server.Of("pods").Versions().Count == 0);
            await next.Stop();
        }
        Assert.Equal(shop.Digest(Shop.Good), shop.Image());
        Assert.Equal(["RolledOut"], shop.Status()!.History!.Select(one => one.Outcome));
        return writes;
    }
}
