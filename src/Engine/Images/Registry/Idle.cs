namespace Plimsoll.Engine.Images.Registry;

/// <summary>The limit on how long a connection may be silent.</summary>
internal static class Idle
{
    /// <summary>What comes of <paramref name="work"/>; when nothing comes in time it is called off, with a <see cref="TimeoutException"/>.</summary>
    public static ValueTask<T> InTime<T>(this RegistryOptions options, Func<CancellationToken, ValueTask<T>> work, CancellationToken ct) =>
        options.InTime((token, _) => work(token), ct);

    /// <param name="work">Is also given what it calls when something has moved, so that the time begins anew.</param>
    public static async ValueTask<T> InTime<T>(this RegistryOptions options, Func<CancellationToken, Action, ValueTask<T>> work, CancellationToken ct)
    {
        using var time = new CancellationTokenSource(options.IdleTimeout, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, time.Token);
        try
        {
            return await work(either.Token, () => time.CancelAfter(options.IdleTimeout));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }
}
