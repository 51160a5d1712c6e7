using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Store.Settings;

namespace Plimsoll.Store.Tokens;

/// <summary>Who calls, and what they may do.</summary>
internal sealed record Caller(string Name, Scope Scope);

/// <summary>Tokens: those of the configuration, and those of the database, of which only a keyed hash is stored.</summary>
internal sealed class TokenStore(IDbContextFactory<PlimsollDb> databases, SecretKeys keys, Settings.Settings settings, TimeProvider clock)
{
    /// <summary>How exact the last use of a token is.</summary>
    static readonly TimeSpan UseStep = TimeSpan.FromMinutes(1);

    readonly (byte[] Hash, Caller Caller)[] _configured =
    [
        .. settings.AdminToken is { } admin ? [(keys.HashToken(admin), new Caller("admin", Scope.Admin))] : Array.Empty<(byte[], Caller)>(),
        .. settings.OperatorToken is { } op ? [(keys.HashToken(op), new Caller("operator", Scope.Submit))] : Array.Empty<(byte[], Caller)>(),
    ];

    /// <summary>Null for a wrong or expired token. Hashes are compared in constant time, or by an index that tells nothing of the token.</summary>
    public async Task<Caller?> Find(string token, CancellationToken ct)
    {
        if (token.Length is 0 or > 512)
            return null;
        var hash = keys.HashToken(token);
        foreach (var (known, caller) in _configured)
            if (CryptographicOperations.FixedTimeEquals(known, hash))
                return caller;
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        if (await db.Tokens.AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash, ct) is not { } row || row.ExpiresAt <= now)
            return null;
        if (row.LastUsedAt is not { } last || now - last > UseStep)
            await db.Tokens.Where(one => one.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.LastUsedAt, now), ct);
        return new Caller(row.Name, row.Scope);
    }

    /// <summary>Makes a token; null when the name is taken. The token is shown this once.</summary>
    public async Task<(TokenRow Row, string Token)?> Create(string name, Scope scope, TimeSpan? lifetime, CancellationToken ct)
    {
        var token = "plim_" + System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = clock.GetUtcNow();
        var row = new TokenRow { Id = Guid.CreateVersion7(now), Name = name, Hash = keys.HashToken(token), Scope = scope, CreatedAt = now, ExpiresAt = now + lifetime };
        await using var db = await databases.CreateDbContextAsync(ct);
        db.Tokens.Add(row);
        try
        {
            await db.SaveChangesAsync(ct);
            return (row, token);
        }
        catch (DbUpdateException e) when (e.IsDuplicate())
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<TokenRow>> List(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Tokens.AsNoTracking().OrderBy(row => row.Name).ToListAsync(ct);
    }

    public async Task<bool> Delete(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Tokens.Where(row => row.Id == id).ExecuteDeleteAsync(ct) == 1;
    }
}
