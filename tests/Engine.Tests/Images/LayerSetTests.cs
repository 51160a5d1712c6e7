using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Images;

public sealed class LayerSetTests
{
    [Fact]
    public async Task Three_layers_are_read_at_a_time_and_each_once()
    {
        var source = new CountingSource(expected: 3);
        var blobs = Enumerable.Range(0, 8).Select(i => source.Blob(new TestLayer().File($"file-{i}", i).Tar())).ToList();
        var indexes = await new LayerSet(Limits.Default, null).Read([.. blobs, .. blobs], TestContext.Current.CancellationToken);
        Assert.Equal(blobs.Concat(blobs).Select(blob => blob.DiffId), indexes.Select(index => index.DiffId));
        Assert.Equal((3, 8), (source.MostOpen, source.Opened));
    }

    /// <summary>Layers that open only when as many as expected are open together.</summary>
    sealed class CountingSource(int expected)
    {
        readonly TaskCompletionSource _together = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int _open;

        public int Opened { get; private set; }

        public int MostOpen { get; private set; }

        public LayerBlob Blob(byte[] tar) => new(Digest.Of(tar), Digest.Of(tar), tar.Length, async ct =>
        {
            lock (_together)
            {
                Opened++;
                MostOpen = Math.Max(MostOpen, ++_open);
                if (_open == expected)
                    _together.TrySetResult();
            }
            await _together.Task.WaitAsync(ct);
            return new Counted(tar, () =>
            {
                lock (_together)
                    _open--;
            });
        });
    }

    sealed class Counted(byte[] bytes, Action close) : MemoryStream(bytes)
    {
        int _closed;

        protected override void Dispose(bool disposing)
        {
            if (Interlocked.Exchange(ref _closed, 1) == 0)
                close();
            base.Dispose(disposing);
        }
    }
}
