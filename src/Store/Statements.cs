using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Plimsoll.Store;

/// <summary>
/// Statements as they are written, for the few that run for every inspection: making one out of expressions, and an entity out of its row, costs
/// more than the database takes to answer.
/// </summary>
internal static class Statements
{
    /// <summary>What a statement returns, row by row; it takes part in the transaction of the context.</summary>
    /// <param name="values">The values of <c>$1</c>, <c>$2</c> and so on: places for PostgreSQL, names for SQLite.</param>
    public static async Task<List<T>> Rows<T>(this PlimsollDb db, string statement, Func<DbDataReader, T> row, object?[] values, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var command = Command(db, statement, values);
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.Default, ct);
            var rows = new List<T>();
            while (await reader.ReadAsync(ct))
                rows.Add(row(reader));
            return rows;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    public static string? Text(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    static DbCommand Command(PlimsollDb db, string statement, object?[] values)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = statement;
        command.CommandTimeout = db.Database.GetCommandTimeout() ?? command.CommandTimeout;
        var postgres = db.Database.IsNpgsql();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            if (!postgres)
                parameter.ParameterName = $"${i + 1}";
            parameter.Value = values[i] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
