using Microsoft.EntityFrameworkCore;

namespace Plimsoll.Store.Policies;

/// <summary>Policies with all their revisions.</summary>
internal sealed class PolicyStore(IDbContextFactory<PlimsollDb> databases, TimeProvider clock)
{
    /// <summary>The revision that counts; null where there is none, or the policy was deleted.</summary>
    public async Task<PolicyRow?> Find(string name, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Latest(db, name, ct) is { Text: not null } row ? row : null;
    }

    public async Task<IReadOnlyList<PolicyRow>> List(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Policies.AsNoTracking()
            .Where(row => row.Text != null && !db.Policies.Any(later => later.Name == row.Name && later.Revision > row.Revision)).OrderBy(row => row.Name).ToListAsync(ct);
    }

    /// <summary>Adds a revision. The same text again adds none.</summary>
    public async Task<PolicyRow> Put(string name, string text, string author, CancellationToken ct) =>
        await Add(name, latest => latest?.Text == text ? null : text, author, ct) ?? (await Find(name, ct))!;

    /// <summary>False when there is no such policy.</summary>
    public async Task<bool> Delete(string name, string author, CancellationToken ct)
    {
        if (await Find(name, ct) is null)
            return false;
        await Add(name, _ => null, author, ct, deletes: true);
        return true;
    }

    async Task<PolicyRow?> Add(string name, Func<PolicyRow?, string?> textAfter, string author, CancellationToken ct, bool deletes = false)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        for (; ; db.ChangeTracker.Clear())
        {
            var latest = await Latest(db, name, ct);
            var text = textAfter(latest);
            if (text is null && !deletes)
                return null;
            var row = new PolicyRow { Name = name, Revision = (latest?.Revision ?? 0) + 1, Text = text, Author = author, CreatedAt = clock.GetUtcNow() };
            db.Policies.Add(row);
            try
            {
                await db.SaveChangesAsync(ct);
                return row;
            }
            catch (DbUpdateException e) when (e.IsDuplicate())
            {
                // Somebody else added that revision: ours is the next.
            }
        }
    }

    static Task<PolicyRow?> Latest(PlimsollDb db, string name, CancellationToken ct) =>
        db.Policies.AsNoTracking().Where(row => row.Name == name).OrderByDescending(row => row.Revision).FirstOrDefaultAsync(ct);
}
