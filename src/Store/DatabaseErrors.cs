using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Plimsoll.Store;

/// <summary>What a failed write means, whichever database said so.</summary>
internal static class DatabaseErrors
{
    /// <summary>A row with this key is there already.</summary>
    public static bool IsDuplicate(this DbUpdateException error) => error.InnerException is DbException inner && inner.IsDuplicate();

    /// <summary>The same of a statement that EF sends as it is.</summary>
    public static bool IsDuplicate(this DbException error) => error is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }
        // SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY.
        or SqliteException { SqliteExtendedErrorCode: 2067 or 1555 };

    /// <summary>The row that this one belongs to is gone.</summary>
    public static bool IsOrphan(this DbUpdateException error) => error.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation }
        // SQLITE_CONSTRAINT_FOREIGNKEY.
        or SqliteException { SqliteExtendedErrorCode: 787 };

    /// <summary>What a loop that comes back by itself goes on after: the database went away, or the network to it, and the leases in hand end by themselves.</summary>
    public static bool IsForLater(this Exception error) => IsPassing(error) || error is DbException or TimeoutException or IOException;

    /// <summary>A text that PostgreSQL cannot hold: it has a character U+0000.</summary>
    public static bool IsBadText(Exception? error) => error is not null
        && (error is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter } || IsBadText(error.InnerException));

    /// <summary>The database is away, starting, stopping or too busy: the same may succeed later.</summary>
    public static bool IsPassing(Exception? error) => error switch
    {
        null => false,
        // Class 08, a broken connection; 57P, the server is stopping or starting.
        PostgresException postgres => postgres.IsTransient || postgres.SqlState.StartsWith("57P", StringComparison.Ordinal) || postgres.SqlState.StartsWith("08", StringComparison.Ordinal),
        // SQLITE_BUSY and SQLITE_LOCKED.
        SqliteException sqlite => sqlite.SqliteErrorCode is 5 or 6,
        DbException { IsTransient: true } or NpgsqlException { InnerException: IOException or TimeoutException or System.Net.Sockets.SocketException } => true,
        _ => IsPassing(error.InnerException),
    };
}
