namespace Plimsoll.Api.Requests;

/// <summary>How many uploads a process takes at once: each holds a connection and buffers for as long as it lasts.</summary>
internal sealed class UploadSlots(int count) : IDisposable
{
    readonly SemaphoreSlim _slots = new(count);

    /// <summary>A slot until it is disposed; null when none is free.</summary>
    public IDisposable? Take() => _slots.Wait(0) ? new Slot(_slots) : null;

    public void Dispose() => _slots.Dispose();

    sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
