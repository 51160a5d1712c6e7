using Plimsoll.Store;
using Plimsoll.Store.Settings;

namespace Plimsoll.Api;

/// <summary>Migrates the database and ends: for a deployment that migrates once before its processes start.</summary>
internal static class Migrate
{
    public static async Task<int> Run()
    {
        var settings = new SettingsReader(Environment.GetEnvironmentVariable).Read(loopback: true);
        await using var services = new ServiceCollection().AddLogging().AddStore(settings).BuildServiceProvider();
        try
        {
            await services.GetRequiredService<Schema>().Migrate(CancellationToken.None);
        }
        catch (Exception e) when (e is NewerSchemaException or System.Data.Common.DbException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        await Console.Out.WriteLineAsync("the database is up to date");
        return 0;
    }
}
