using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Store.Settings;

namespace Plimsoll.Store.Hosting;

/// <summary>Migrates the database and ends: for a deployment that migrates once before its processes start.</summary>
internal static class Migrate
{
    /// <param name="patience">How long a database may be away or starting, as it is when it is installed together with what uses it.</param>
    public static async Task<int> Run(TimeSpan patience)
    {
        var settings = new SettingsReader(Environment.GetEnvironmentVariable).Read(loopback: true);
        await using var services = new ServiceCollection().AddLogging().AddStore(settings).BuildServiceProvider();
        var schema = services.GetRequiredService<Schema>();
        var end = TimeProvider.System.GetUtcNow() + patience;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (true)
            try
            {
                await schema.Migrate(CancellationToken.None);
                await Console.Out.WriteLineAsync("the database is up to date");
                return 0;
            }
            catch (Exception e) when (DatabaseErrors.IsPassing(e) && TimeProvider.System.GetUtcNow() < end)
            {
                await Console.Out.WriteLineAsync($"waiting for the database: {OneLine.Of(e.GetBaseException().Message)}");
                await timer.WaitForNextTickAsync();
            }
    }
}
