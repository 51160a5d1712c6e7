namespace Plimsoll.Operator.Tests.Samples;

/// <summary>Every wait of a test has an end.</summary>
internal static class Patience
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Longest, Ct);

    public static Task<T> Soon<T>(this ValueTask<T> task) => task.AsTask().Soon();

    public static Task Soon(this Task task) => task.WaitAsync(Longest, Ct);
}
