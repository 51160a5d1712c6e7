namespace Plimsoll.Service.Tests.Samples;

internal static class Wait
{
    /// <summary>What has not become so by now never will.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(100);

    /// <summary>Looks until it is so.</summary>
    public static async Task Until(Func<Task<bool>> holds)
    {
        using var patience = Patience();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await holds())
            await timer.WaitForNextTickAsync(patience.Token);
    }

    public static CancellationTokenSource Patience()
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Longest);
        return patience;
    }
}
