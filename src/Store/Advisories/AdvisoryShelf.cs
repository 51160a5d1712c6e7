using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Store.Advisories;

/// <summary>
/// The advisories as this process has them: a copy of the last epoch's library on its disk. Another process may have imported since; that is
/// seen within <see cref="Fresh"/>.
/// </summary>
internal sealed partial class AdvisoryShelf(IDbContextFactory<PlimsollDb> databases, TimeProvider clock, ILogger<AdvisoryShelf> log) : IDisposable
{
    public static TimeSpan Fresh { get; } = TimeSpan.FromSeconds(10);

    readonly SemaphoreSlim _fetching = new(1, 1);
    volatile bool _isExpired;
    long _unreadable;
    State _state = new(null, new Dictionary<string, DateTimeOffset>(), DateTimeOffset.MinValue);

    /// <summary>The library to read from, to be given back; null where there are no advisories yet.</summary>
    /// <param name="atLeast">An epoch that is known to be there.</param>
    public async ValueTask<BorrowedLibrary?> Borrow(CancellationToken ct, long atLeast = 0)
    {
        while (true)
        {
            var state = _state;
            if (_isExpired || clock.GetUtcNow() >= state.Until || (state.Library?.Epoch ?? 0) < atLeast)
                state = await Look(state, ct);
            if (state.Library is not { } library)
                return null;
            if (library.TryBorrow(state.Confirmed) is { } borrowed)
                return borrowed;
            // A newer one took its place in this very moment.
        }
    }

    /// <summary>The next who asks looks whether there is something newer.</summary>
    public void Expire() => _isExpired = true;

    public void Dispose()
    {
        _state.Library?.Release();
        _fetching.Dispose();
    }

    async Task<State> Look(State seen, CancellationToken ct)
    {
        await _fetching.WaitAsync(ct);
        try
        {
            if (!ReferenceEquals(_state, seen))
                return _state;
            _isExpired = false;
            await using var db = await databases.CreateDbContextAsync(ct);
            var epoch = await db.Epochs.AsNoTracking().OrderByDescending(row => row.Number).FirstOrDefaultAsync(ct);
            var confirmed = await db.AdvisorySources.Where(row => row.AsOf != null).ToDictionaryAsync(row => row.Name, row => row.AsOf!.Value, StringComparer.Ordinal, ct);
            var library = epoch is null || epoch.Number == _unreadable ? null : epoch.Number == seen.Library?.Epoch ? seen.Library : await Fetch(db, epoch, ct);
            _state = new State(library, confirmed, clock.GetUtcNow() + Fresh);
            if (seen.Library != library)
                seen.Library?.Release();
            return _state;
        }
        finally
        {
            _fetching.Release();
        }
    }

    // Null where another version of the program wrote it, or it is damaged: then there are none until they are brought anew.
    async Task<SharedLibrary?> Fetch(PlimsollDb db, EpochRow epoch, CancellationToken ct)
    {
        var path = Path.Combine(Path.GetTempPath(), $"plimsoll-advisories-{Guid.NewGuid():N}");
        try
        {
            await db.Read(epoch, path, ct);
            var opening = AdvisoryLibrary.Open(path);
            if (opening.Library is not null)
                return new SharedLibrary(opening.Library, epoch.Number);
            _unreadable = epoch.Number;
            Log.Unreadable(log, epoch.Number, opening.Problem!);
            return null;
        }
        finally
        {
            // An open file needs no name, and one without a name is gone with its process.
            File.Delete(path);
        }
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The advisories of epoch {Epoch} cannot be read, and must be brought anew: {Problem}")]
        public static partial void Unreadable(ILogger logger, long epoch, string problem);
    }

    sealed record State(SharedLibrary? Library, IReadOnlyDictionary<string, DateTimeOffset> Confirmed, DateTimeOffset Until);
}
