using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Plimsoll.Engine;
using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;
using Plimsoll.Store;
using Plimsoll.Store.Advisories;
using Plimsoll.Store.Images;
using Plimsoll.Store.Settings;

namespace Plimsoll.Perf.Advisories;

/// <summary>Fills a PostgreSQL database with images, their packages and their components, as inspections would; nothing is matched yet.</summary>
internal static class Seed
{
    public static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddStore(new SettingsReader(Environment.GetEnvironmentVariable).Read(loopback: true));
        return services.BuildServiceProvider();
    }

    public static async Task<int> Run(int images, int packages, string export)
    {
        await using var services = Services();
        await services.GetRequiredService<Schema>().Migrate(default);
        var catalogue = Catalogue.Of(export);
        var sample = (await new Inspector(Limits.Default).Inspect(new InspectionRequest(new ImageSource.File("samples/webapp.tar"), null), null, default)).Report.Images[0];
        sample = sample with { Config = sample.Config with { OperatingSystem = new OsRelease("almalinux", "9.4", "AlmaLinux 9.4") } };
        var (ids, components) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<Component, int>());
        ImageReport Report(int image) => sample with
        {
            Image = sample.Image with { ManifestDigest = DigestOf(image), Reference = $"registry.example/team-{image % 50}/app-{image}:1.0" },
            Packages = [.. catalogue.Of(image, packages).DistinctBy(package => package.Purl)],
        };
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        var all = Enumerable.Range(0, images).Select(Report);
        await Copy(connection, "packages (id, purl, type, name, version)", all.SelectMany(report => report.Packages).Where(package => ids.TryAdd(package.Purl, ids.Count + 1))
            .Select(package => new object?[] { ids[package.Purl], package.Purl, package.Type, package.Name, package.Version }));
        await Copy(connection, "components (id, hash, ecosystem, name, version, source_name, source_version, stream, architecture, owner, key, source_key, revision)",
            all.SelectMany(report => report.Packages.Select(package => Component.Of(package, report.Config.OperatingSystem))).Where(component => components.TryAdd(component, components.Count + 1)).Select(component =>
            {
                var keys = PackageKeys.Of(component).Select(ComponentStore.Stored).ToList();
                return new object?[] { components[component], ComponentStore.HashOf(component), component.Ecosystem, component.Name, component.Version, component.SourceName, component.SourceVersion, component.Stream, component.Architecture, component.Owner.ToString(), keys[0], keys.ElementAtOrDefault(1), 0 };
            }));
        await Copy(connection, "component_sets (id, hash)", Enumerable.Range(0, images).Select(image => new object?[] { image + 1, SHA256.HashData(Encoding.ASCII.GetBytes($"set {image}")) }));
        await Copy(connection, "images (digest, config_digest, reference, platform, size, findings, packages, revision, inspected_at, report, component_set_id, chain_id)", all.Select((report, image) => new object?[]
        {
            DigestOf(image).Value, report.Image.ConfigDigest.Value, report.Image.Reference, "linux/amd64", report.Image.Size, report.Findings.Count, report.Packages.Count, Rules.Revision,
            DateTime.UnixEpoch.AddDays(20_000).AddSeconds(image), StoredReport.Pack(report), image + 1, KnownBases.ChainOf([.. report.Layers.Select(layer => layer.DiffId)]),
        }));
        await Copy(connection, "image_packages (image_number, package_id)", all.SelectMany((report, image) => report.Packages.Select(package => new object?[] { image + 1, ids[package.Purl] })));
        await Copy(connection, "component_set_items (set_id, component_id)", all.SelectMany((report, image) =>
            report.Packages.Select(package => components[Component.Of(package, report.Config.OperatingSystem)]).Distinct().Select(component => new object?[] { image + 1, component })));
        await using var analyse = new NpgsqlCommand("VACUUM ANALYZE", connection) { CommandTimeout = 600 };
        await analyse.ExecuteNonQueryAsync();
        Console.WriteLine($"{images} images, {ids.Count} packages, {components.Count} components");
        return 0;
    }

    static async Task Copy(NpgsqlConnection connection, string table, IEnumerable<object?[]> rows)
    {
        await using var writer = await connection.BeginBinaryImportAsync($"COPY {table} FROM STDIN (FORMAT binary)");
        writer.Timeout = TimeSpan.FromMinutes(30);
        foreach (var row in rows)
            await writer.WriteRowAsync(default, row);
        await writer.CompleteAsync();
    }

    static Digest DigestOf(int number) => Digest.Parse($"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"image {number}")))}", null);
}
