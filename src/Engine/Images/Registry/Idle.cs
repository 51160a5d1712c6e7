namespace Plimsoll.Engine.Images.Registry;

/// <summary>The limit on how long a connection may be silent.</summary>
internal static class Idle
{
    /// <summary>What comes of <paramref name="work"/>; when nothing comes in time it is called off, with a <see cref="TimeoutException"/>.</summary>
    public static async ValueTask<T> InTime<T>(this RegistryOptions options, Func<CancellationToken, ValueTask<T>> work, CancellationToken ct)
    {
        using var time = new CancellationTokenSource(options.IdleTimeout, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, time.Token);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }
}
