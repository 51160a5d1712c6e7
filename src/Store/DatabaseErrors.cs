using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Plimsoll.Store;

/// <summary>What a failed write means, whichever database said so.</summary>
internal static class DatabaseErrors
{
    /// <summary>A row with this key is there already.</summary>
    public static bool IsDuplicate(this DbUpdateException error) => error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }
        // SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY.
        or SqliteException { SqliteExtendedErrorCode: 2067 or 1555 };
}
