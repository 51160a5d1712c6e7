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
}
