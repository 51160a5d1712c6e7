using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Plimsoll.Engine.Vex;

namespace Plimsoll.Store.Vex;

/// <summary>All statements as this process has read them. What another process was sent since is seen within <see cref="Fresh"/>.</summary>
internal sealed partial class VexShelf(IDbContextFactory<PlimsollDb> databases, TimeProvider clock, ILogger<VexShelf> log) : IDisposable
{
    public static TimeSpan Fresh { get; } = TimeSpan.FromSeconds(10);

    readonly SemaphoreSlim _reading = new(1, 1);
    int _changes;
    State _state = new(new StatedVex(VexLedger.Empty, ""), new Dictionary<string, VexDocument?>(), -1, DateTimeOffset.MinValue);

    /// <summary>Grows with each change that this process made.</summary>
    public int Changes => Volatile.Read(ref _changes);

    public async ValueTask<StatedVex> Current(CancellationToken ct)
    {
        var state = Volatile.Read(ref _state);
        return IsFresh(state) ? state.Stated : (await Look(ct)).Stated;
    }

    /// <summary>The next who asks looks whether there is something newer.</summary>
    public void Expire() => Interlocked.Increment(ref _changes);

    public void Dispose() => _reading.Dispose();

    bool IsFresh(State state) => state.Changes == Changes && clock.GetUtcNow() < state.Until;

    async Task<State> Look(CancellationToken ct)
    {
        await _reading.WaitAsync(ct);
        try
        {
            if (IsFresh(_state))
                return _state;
            var changes = Changes;
            await using var db = await databases.CreateDbContextAsync(ct);
            var rows = await db.VexDocuments.OrderBy(row => row.Id).Select(row => new { row.Id, row.Hash }).ToListAsync(ct);
            var stamp = rows.Count == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(rows.Select(row => row.Id + row.Hash)))).AsSpan(0, 16));
            if (stamp == _state.Stated.Stamp)
                return _state = _state with { Changes = changes, Until = clock.GetUtcNow() + Fresh };
            // What was read before is not read again.
            var documents = new Dictionary<string, VexDocument?>(StringComparer.Ordinal);
            foreach (var row in rows)
                documents[row.Hash] = _state.Documents.TryGetValue(row.Hash, out var known) ? known : await Read(db, row.Id, row.Hash, ct);
            return _state = new State(new StatedVex(VexLedger.Of(documents.Values.OfType<VexDocument>()), stamp), documents, changes, clock.GetUtcNow() + Fresh);
        }
        finally
        {
            _reading.Release();
        }
    }

    // Null where it was deleted just now, or a version of the program that reads less strictly took it in.
    async Task<VexDocument?> Read(PlimsollDb db, string id, string hash, CancellationToken ct)
    {
        if (await db.VexDocuments.Where(row => row.Id == id && row.Hash == hash).Select(row => row.Body).FirstOrDefaultAsync(ct) is not { } packed)
            return null;
        var reading = VexReader.Read(VexStore.Unpack(packed));
        if (reading.Refusal is { } refusal)
            Log.Unreadable(log, id, refusal);
        return reading.Document;
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The VEX document {Id} cannot be read, and its statements do not count: {Refusal}")]
        public static partial void Unreadable(ILogger logger, string id, string refusal);
    }

    /// <param name="Documents">By the hash of what was sent; null for one that cannot be read.</param>
    /// <param name="Changes">How many changes of this process it has seen.</param>
    sealed record State(StatedVex Stated, IReadOnlyDictionary<string, VexDocument?> Documents, int Changes, DateTimeOffset Until);
}

/// <summary>The statements of one moment.</summary>
/// <param name="Stamp">Tells them from others; empty for none.</param>
internal sealed record StatedVex(VexLedger Ledger, string Stamp);
