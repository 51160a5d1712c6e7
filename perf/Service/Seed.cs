using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plimsoll.Engine;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;
using Plimsoll.Store;
using Plimsoll.Store.Images;
using Plimsoll.Store.Settings;

namespace Plimsoll.Perf.Service;

/// <summary>Fills a PostgreSQL database with images of a company: the sample's report, each with packages of its own choice.</summary>
internal static class Seed
{
    const int Catalogue = 5_000;

    public static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddStore(new SettingsReader(Environment.GetEnvironmentVariable).Read(loopback: true));
        return services.BuildServiceProvider();
    }

    public static async Task<int> Run(int images, int packages, string reportFile)
    {
        await using var services = Services();
        await services.GetRequiredService<Schema>().Migrate(default);
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        var catalogue = Enumerable.Range(0, Catalogue).Select(Package).ToList();
        await using (var rows = await connection.BeginBinaryImportAsync("COPY packages (id, purl, type, name, version) FROM STDIN (FORMAT binary)"))
        {
            for (var i = 0; i < Catalogue; i++)
                await rows.WriteRowAsync(default, i + 1, catalogue[i].Purl, catalogue[i].Type, catalogue[i].Name, catalogue[i].Version);
            await rows.CompleteAsync();
        }
        var sample = (await new Inspector(Limits.Default).Inspect(new InspectionRequest(new ImageSource.File("samples/webapp.tar"), null), null, default)).Report.Images[0];
        await using (var rows = await connection.BeginBinaryImportAsync(
            "COPY images (digest, config_digest, reference, platform, size, findings, packages, revision, inspected_at, report) FROM STDIN (FORMAT binary)"))
        {
            for (var i = 0; i < images; i++)
            {
                var report = Image(sample, i, Chosen(i, packages).Select(number => catalogue[number]));
                await rows.WriteRowAsync(default, DigestOf(i).Value, report.Image.ConfigDigest.Value, report.Image.Reference!, "linux/amd64", report.Image.Size, report.Findings.Count, packages,
                    Rules.Revision, DateTime.UnixEpoch.AddDays(20_000).AddSeconds(i).ToUniversalTime(), StoredReport.Pack(report));
                Console.WriteLine(DigestOf(i).Value);
                if (i == 0)
                    await File.WriteAllBytesAsync(reportFile, Json(report));
            }
            await rows.CompleteAsync();
        }
        await using (var rows = await connection.BeginBinaryImportAsync("COPY image_packages (image_number, package_id) FROM STDIN (FORMAT binary)"))
        {
            for (var i = 0; i < images; i++)
                foreach (var number in Chosen(i, packages))
                    await rows.WriteRowAsync(default, i + 1, number + 1);
            await rows.CompleteAsync();
        }
        await using var analyse = new NpgsqlCommand("VACUUM ANALYZE", connection);
        await analyse.ExecuteNonQueryAsync();
        return 0;
    }

    public static async Task<int> Finished(int count)
    {
        await using var services = Services();
        await using var db = await services.GetRequiredService<IDbContextFactory<PlimsollDb>>().CreateDbContextAsync();
        db.Database.SetCommandTimeout(600);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO inspections (id, state, priority, turn, submitter, reference, subject, found, attempts, available_at, submitted_at, started_at, finished_at)
            SELECT gen_random_uuid(), 'Succeeded', 0, i, 'team-' || i % 50, 'registry.example/app:' || i, 'registry.example/app:' || i, 1, 1, now(), now(), now(), now() FROM generate_series(1, {count}) AS i
            """);
        await db.Database.ExecuteSqlRawAsync("VACUUM ANALYZE inspections");
        return 0;
    }

    static PackageReport Package(int number)
    {
        var (name, version) = ($"library-{number / 4}", $"1.{number % 4}.{number % 17}");
        return new PackageReport("deb", name, version, $"pkg:deb/debian/{name}@{version}?arch=amd64", null, 0, [$"/var/lib/dpkg/status.d/{name}"], ["MIT"], null, null);
    }

    // Spread over the catalogue, and the same for an image every time.
    static IEnumerable<int> Chosen(int image, int packages) => Enumerable.Range(0, packages).Select(i => (image * 37 + i * (Catalogue / packages)) % Catalogue).Distinct();

    static Digest DigestOf(int number) => Digest.Parse($"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"image {number}")))}", null);

    static ImageReport Image(ImageReport sample, int number, IEnumerable<PackageReport> packages) => sample with
    {
        Image = sample.Image with { ManifestDigest = DigestOf(number), Reference = $"registry.example/team-{number % 50}/app-{number}:1.0" },
        Packages = [.. packages],
    };

    static byte[] Json(ImageReport report)
    {
        using var bytes = new MemoryStream();
        JsonFormat.Write(report, bytes);
        return bytes.ToArray();
    }
}
