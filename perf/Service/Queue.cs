using System.Diagnostics;
using System.Globalization;
using Plimsoll.Store.Inspections;

namespace Plimsoll.Perf.Service;

/// <summary>Workers that take inspections and complete them without doing anything: what the queue itself costs.</summary>
internal static class Queue
{
    public static async Task<int> Run(int workers, TimeSpan time)
    {
        await using var services = Seed.Services();
        var (queue, submissions) = (services.GetRequiredService<InspectionQueue>(), services.GetRequiredService<Submissions>());
        await services.GetRequiredService<Store.Schema>().Migrate(default);
        var (submitted, done) = (0, 0);
        // A stock that the workers cannot use up, so that what is measured is taking and completing.
        await Parallel.ForAsync(0, workers * 2_000, new ParallelOptions { MaxDegreeOfParallelism = workers }, async (i, ct) =>
            await submissions.Submit(new Submission($"registry.example/{Guid.NewGuid():N}:{Interlocked.Increment(ref submitted)}", null, [], $"team-{i % 50}"), ct));
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed < time)
            {
                if (await queue.Take(default) is not { } lease)
                    return;
                if (await queue.Complete(lease, (_, _, _) => Task.CompletedTask, default))
                    Interlocked.Increment(ref done);
            }
        })));
        Console.WriteLine((done / clock.Elapsed.TotalSeconds).ToString("0", CultureInfo.InvariantCulture));
        return 0;
    }
}
