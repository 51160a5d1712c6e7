using Plimsoll.Operator.Rollouts;
using Plimsoll.Operator.Tests.Samples;

namespace Plimsoll.Operator.Tests.Rollouts;

/// <summary>What was found out is told once, whatever becomes of what is done about it.</summary>
public sealed class NewsTests
{
    [Fact]
    public async Task A_conflict_about_the_image_takes_no_news_away()
    {
        await using var shop = await Shop.Open();
        // Its controller writes to the workload all the time.
        shop.Server.On("PATCH", Answer.Refuse(409, "Conflict"));
        await using var running = await shop.Operate();
        shop.Roll(Shop.Good);

        await shop.Until(one => one.Phase is Phase.Done);

        await running.Stop();
        Assert.Contains("GatePassed", shop.Told());
    }
}
