using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Plimsoll.Store.Migrations;

/// <summary>For <c>dotnet ef migrations add</c>, which needs no server: see CONTRIBUTING.md.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<PostgresDb>, IDesignTimeDbContextFactory<SqliteDb>
{
    PostgresDb IDesignTimeDbContextFactory<PostgresDb>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresDb>().UseNpgsql("Host=localhost").UseSnakeCaseNamingConvention().Options);

    SqliteDb IDesignTimeDbContextFactory<SqliteDb>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteDb>().UseSqlite("Data Source=:memory:").UseSnakeCaseNamingConvention().Options);
}
