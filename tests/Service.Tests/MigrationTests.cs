using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Service.Tests.Advisories;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store;
using Plimsoll.Store.Settings;

namespace Plimsoll.Service.Tests;

public sealed class MigrationTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Each_step_can_be_taken_back_and_taken_again_and_keeps_what_is_there(Mode mode)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        string[] images = [await fleet.Store(2, "flask 1.0", "jinja2 2.0"), await fleet.Store(3, "flask 1.0")];
        var services = fleet.Service.Services;
        await using var db = await fleet.Service.Database();
        var steps = db.Database.GetMigrations().ToList();
        Assert.True(steps.Count > 1);
        await db.GetService<IMigrator>().MigrateAsync(steps[0], Ct);
        await services.GetRequiredService<Schema>().Migrate(Ct);
        var having = await db.Images.Where(image => db.ImagePackages.Any(has => has.ImageNumber == image.Number && db.Packages.Any(package => package.Id == has.PackageId && package.Name == "flask")))
            .Select(image => image.Digest).ToListAsync(Ct);
        Assert.Equal(images.Order(StringComparer.Ordinal), having.Order(StringComparer.Ordinal));
        // The first inspected one is the tiny image that there always is.
        Assert.Equal(3, await db.Images.Select(image => image.Number).Distinct().CountAsync(Ct));
        Assert.Empty(await services.GetRequiredService<Schema>().Pending(Ct));
        Assert.False(db.Database.HasPendingModelChanges(), "the model has what no migration brings");
    }

    [Fact]
    public async Task Of_many_that_migrate_at_once_each_step_is_taken_by_one()
    {
        Assert.SkipWhen(redis.Missing is not null, redis.Missing ?? "");
        var variables = Samples.Service.Shared(await postgres.NewDatabase(), redis);
        var processes = Enumerable.Range(0, 8).Select(_ => new ServiceCollection().AddLogging().AddStore(new SettingsReader(name => variables.GetValueOrDefault(name)).Read(loopback: true)).BuildServiceProvider()).ToList();
        try
        {
            await Task.WhenAll(processes.Select(process => Task.Run(() => process.GetRequiredService<Schema>().Migrate(Ct), Ct)));
            Assert.Empty(await processes[0].GetRequiredService<Schema>().Pending(Ct));
        }
        finally
        {
            foreach (var process in processes)
                await process.DisposeAsync();
        }
    }
}
