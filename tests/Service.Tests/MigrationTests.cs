using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store;

namespace Plimsoll.Service.Tests;

public sealed class MigrationTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Each_step_can_be_taken_back_and_taken_again_and_keeps_what_is_there(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var inspection = await service.Inspect(TinyImage.Archive(1));
        await using var db = await service.Database();
        var steps = db.Database.GetMigrations().ToList();
        Assert.True(steps.Count > 1);
        await db.GetService<IMigrator>().MigrateAsync(steps[0], Ct);
        await service.Services.GetRequiredService<Schema>().Migrate(Ct);
        Assert.Equal(inspection.Images[0], (await db.Images.AsNoTracking().SingleAsync(Ct)).Digest);
        Assert.Empty(await service.Services.GetRequiredService<Schema>().Pending(Ct));
        Assert.False(db.Database.HasPendingModelChanges(), "the model has what no migration brings");
    }
}
