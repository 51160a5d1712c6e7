using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Store.Settings;

namespace Plimsoll.Store.Hosting;

/// <summary>Migrates the database and ends: for a deployment that migrates once before its processes start.</summary>
internal static class Migrate
{
    public static async Task<int> Run()
    {
        var settings = new SettingsReader(Environment.GetEnvironmentVariable).Read(loopback: true);
        await using var services = new ServiceCollection().AddLogging().AddStore(settings).BuildServiceProvider();
        await services.GetRequiredService<Schema>().Migrate(CancellationToken.None);
        await Console.Out.WriteLineAsync("the database is up to date");
        return 0;
    }
}
