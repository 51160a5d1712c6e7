namespace Plimsoll.Operator.Tests.Samples;

/// <summary>What the samples of the tests wait with, without a test.</summary>
internal static class Patience
{
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static CancellationToken Ct => CancellationToken.None;

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Longest);

    public static Task<T> Soon<T>(this ValueTask<T> task) => task.AsTask().Soon();

    public static Task Soon(this Task task) => task.WaitAsync(Longest);
}
