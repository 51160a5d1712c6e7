namespace Plimsoll.Images.Tests.Samples;

/// <summary>A wait that has an end.</summary>
internal static class Patience
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(100);

    /// <param name="longest">100 seconds without it.</param>
    public static async Task Until(Func<Task<bool>> holds, CancellationToken ct, TimeSpan? longest = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(longest ?? Longest);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!await holds())
            await timer.WaitForNextTickAsync(patience.Token);
    }
}
