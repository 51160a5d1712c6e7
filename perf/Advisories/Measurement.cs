using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Store;
using Plimsoll.Store.Advisories;
using Plimsoll.Store.Images;

namespace Plimsoll.Perf.Advisories;

/// <summary>What the steps take that follow a change of advisories, in the database that DATABASE_URL names. Each line is a figure.</summary>
internal static partial class Measurement
{
    const int Asked = 300;

    public static async Task<int> Load(string export)
    {
        await using var services = Seed.Services();
        await Timed($"first load of {Name(export)}, all components matched", () => Bring(services, Zips(export)));
        await Told(services);
        return 0;
    }

    public static async Task<int> Run(string before, string after)
    {
        await using var services = Seed.Services();
        await Timed($"first load of {Name(before)}, all components matched", () => Bring(services, Zips(before)));
        await Told(services);
        await Timed($"from {Name(before)} to {Name(after)}, as whole exports", () => Bring(services, Zips(after)));
        await Told(services);
        using (var changed = new Changed(Path.Combine(after, "PyPI", "all.zip"), 100))
            await Timed("100 records of PyPI that changed, as a whole export", () => Bring(services, [("PyPI", changed.Zip)]));
        await Age(services);
        await Timed("every component matched again", () => services.GetRequiredService<Rematch>().Settle(default));
        await Told(services);
        await Reports(services);
        await Images(services);
        await using var db = await services.GetRequiredService<IDbContextFactory<PlimsollDb>>().CreateDbContextAsync();
        var bytes = await db.Database.SqlQueryRaw<long>("SELECT pg_database_size(current_database()) AS \"Value\"").SingleAsync();
        Say("database", $"{bytes / 1e6:0} MB");
        foreach (var table in await db.Database.SqlQueryRaw<string>("SELECT relname || ' ' || pg_total_relation_size(oid) / 1000000 || ' MB' AS \"Value\" FROM pg_class WHERE relkind = 'r' ORDER BY pg_total_relation_size(oid) DESC LIMIT 6").ToListAsync())
            Say("  table", table);
        Say("peak memory of the process", $"{Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB");
        return 0;
    }

    // As after an update of the program that matches otherwise than before.
    static async Task Age(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PlimsollDb>>().CreateDbContextAsync();
        await db.Components.ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, -1));
        await db.Database.ExecuteSqlRawAsync("VACUUM ANALYZE components");
    }

    static async Task Reports(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PlimsollDb>>().CreateDbContextAsync();
        var digests = await db.Images.OrderBy(row => row.ConfigDigest).ThenBy(row => row.Digest).Select(row => row.Digest).Take(Asked).ToListAsync();
        var reader = services.GetRequiredService<ReportReader>();
        await reader.Find(await db.Images.OrderByDescending(row => row.Digest).Select(row => row.Digest).FirstAsync(), default);
        var found = 0;
        await Each("one image's report with its vulnerabilities, none of them read before", digests, async digest => found += (await reader.Find(digest, default))!.Packed.Length);
        Say("  bytes of one, packed", $"{found / digests.Count}");
    }

    static async Task Images(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PlimsollDb>>().CreateDbContextAsync();
        using var library = (await services.GetRequiredService<AdvisoryShelf>().Borrow(default))!;
        var problems = await db.Vulnerabilities.Select(row => row.Problem).Distinct().OrderBy(problem => problem).ToListAsync();
        var asked = problems.Where((_, i) => i % Math.Max(1, problems.Count / Asked) == 0).ToList();
        var images = new List<int>();
        await Each("which images have it: the first page of 100, and how many", asked, async problem =>
        {
            var query = db.ImagesWith(library.Library.Find(problem));
            images.Add(await query.CountAsync());
            await query.OrderBy(row => row.Digest).Take(100).Select(row => new { row.Digest, row.Reference, row.Platform }).ToListAsync();
        });
        Say("  images that one has, median and most", $"{images.Order().ElementAt(images.Count / 2)} and {images.Max()} of {problems.Count} problems");
    }

    static async Task Bring(IServiceProvider services, IEnumerable<(string Ecosystem, string Zip)> exports)
    {
        var now = TimeProvider.System.GetUtcNow();
        var result = await services.GetRequiredService<AdvisoryImport>().Run((import, ct) =>
        {
            var failures = new List<SourceFailure>();
            foreach (var (ecosystem, path) in exports)
            {
                using var zip = File.OpenHandle(path);
                if (import.Add(zip, ecosystem, new Provenance(now, now, "a measurement"), null, ct) is { } failure)
                    failures.Add(new(ecosystem, failure));
            }
            return Task.FromResult<IReadOnlyList<SourceFailure>>(failures);
        }, replace: true, wholly: true, default);
        if (result.Failures.Count > 0)
            throw new InvalidOperationException(result.Failures[0].Reason);
        Say("  records added, changed, vanished", $"{result.Changes.Sum(change => change.Added)}, {result.Changes.Sum(change => change.Changed)}, {result.Changes.Sum(change => change.Vanished)}");
    }

    static async Task Told(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PlimsollDb>>().CreateDbContextAsync();
        Say("  vulnerabilities of components", $"{await db.Vulnerabilities.CountAsync()}, of images {await db.Vulnerabilities.Join(db.ComponentSetItems, row => row.ComponentId, item => item.ComponentId, (row, _) => row).CountAsync()}");
    }

    static async Task Timed(string what, Func<Task> step)
    {
        var (start, work) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await step();
        Say(what, $"{Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s ({(Environment.CpuUsage.TotalTime - work).TotalSeconds:0.00} s of processors without the database's)");
    }

    static async Task Each<T>(string what, IReadOnlyList<T> all, Func<T, Task> step)
    {
        var times = new List<double>();
        foreach (var one in all)
        {
            var start = Stopwatch.GetTimestamp();
            await step(one);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        times.Sort();
        Say(what, $"median {times[times.Count / 2]:0.0} ms, p95 {times[times.Count * 95 / 100]:0.0} ms");
    }

    static void Say(string what, FormattableString figure) => Console.WriteLine($"{what}: {figure.ToString(CultureInfo.InvariantCulture)}");

    static void Say(string what, string figure) => Console.WriteLine($"{what}: {figure}");

    static string Name(string export) => Path.GetFileName(export.TrimEnd('/'));

    static List<(string, string)> Zips(string export) =>
        [.. Directory.EnumerateFiles(export, "all.zip", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(zip => (Path.GetFileName(Path.GetDirectoryName(zip)!), zip))];

    /// <summary>An export of which some records are others now: what mends them has another number.</summary>
    sealed partial class Changed : IDisposable
    {
        public Changed(string zip, int records)
        {
            Zip = Path.GetTempFileName();
            using var from = ZipFile.OpenRead(zip);
            using var to = ZipFile.Open(Zip, ZipArchiveMode.Update);
            foreach (var entry in from.Entries)
            {
                using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
                var text = reader.ReadToEnd();
                if (records > 0 && Fixed().Replace(text, "\"fixed\":\"${v}.999\"", 1) is var other && other != text)
                    (text, records) = (other, records - 1);
                using var member = to.CreateEntry(entry.FullName, CompressionLevel.Fastest).Open();
                member.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        public string Zip { get; }

        public void Dispose() => File.Delete(Zip);

        [GeneratedRegex("\"fixed\":\\s*\"(?<v>[0-9.]+)\"")]
        private static partial Regex Fixed();
    }
}
