using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store.Advisories;
using Plimsoll.Store.Images;

namespace Plimsoll.Service.Tests.Advisories;

/// <summary>A service with images of which a test says the packages, and with the advisories that it brings.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    readonly ImageReport _image;
    readonly Guid _inspection;

    Fleet(Samples.Service service, Guid inspection, ImageReport image) => (Service, _inspection, _image) = (service, inspection, image);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Samples.Service Service { get; }

    public AdvisoryImport Import => Service.Services.GetRequiredService<AdvisoryImport>();

    public Rematch Rematch => Service.Services.GetRequiredService<Rematch>();

    public static async Task<Fleet> Start(Mode mode, PostgresServer postgres, RedisServer redis, params (string, string)[] variables)
    {
        var service = await Samples.Service.Start(mode, postgres, redis, variables);
        var inspection = await service.Inspect(TinyImage.Archive(1));
        return new Fleet(service, inspection.Id, (await service.Services.GetRequiredService<ReportReader>().Find(inspection.Images[0], Ct))!.Read());
    }

    /// <summary>An image of Python packages, stored as an inspection stores it; its components are not matched yet. Returns its digest.</summary>
    /// <param name="packages">As <c>flask 1.0</c>.</param>
    public Task<string> Store(int number, params IEnumerable<string> packages) => Store(Report(number, packages));

    public async Task<string> Store(ImageReport report)
    {
        await using var db = await Service.Database();
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        await db.Store(_inspection, [report], isAll: true, TimeProvider.System.GetUtcNow(), Ct);
        await transaction.CommitAsync(Ct);
        return ImageStore.DigestOf(report);
    }

    /// <summary>The same, and matched.</summary>
    public async Task<string> Add(int number, params IEnumerable<string> packages)
    {
        var digest = await Store(number, packages);
        await Rematch.Settle(Ct);
        return digest;
    }

    /// <summary>Matches all again, as after an update of the program that matches otherwise. Returns how many components.</summary>
    public async Task<int> MatchAgain()
    {
        await using var db = await Service.Database();
        await db.Components.ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, -1), Ct);
        return await Rematch.Settle(Ct);
    }

    public ImageReport Report(int number, params IEnumerable<string> packages) => _image with
    {
        Image = _image.Image with { ManifestDigest = null, ConfigDigest = Digest.Parse($"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"image {number}")))}", null) },
        Packages = [.. packages.Select(package => package.Split(' ')).Select(package => new PackageReport("pypi", package[0], package[1], $"pkg:pypi/{package[0]}@{package[1]}", null, 0, [], [], null, null))],
    };

    /// <summary>Brings an export, which must succeed.</summary>
    public async Task<ImportResult> Bring(string ecosystem, params IEnumerable<string> records)
    {
        var result = await TryBring(ecosystem, replace: true, records);
        Assert.Empty(result.Failures);
        return result;
    }

    public Task<ImportResult> TryBring(string ecosystem, bool replace, params IEnumerable<string> records) => Import.Run((import, ct) =>
    {
        using var folder = new TemporaryFolder();
        using var zip = File.OpenHandle(folder.Write("brought.zip", Zip(records)));
        var now = TimeProvider.System.GetUtcNow();
        var failure = import.Add(zip, ecosystem, new Provenance(now, now, "a test"), null, ct);
        return Task.FromResult<IReadOnlyList<SourceFailure>>(failure is null ? [] : [new SourceFailure(ecosystem, failure)]);
    }, replace, wholly: false, Ct);

    public static byte[] Zip(params IEnumerable<string> records) => Osv.Zip([.. records]);

    /// <summary>A record of a Python package, of which the versions below one are affected.</summary>
    public static string Record(string id, string name, string? fixedIn = "2", string more = "", string ecosystem = "PyPI") => $$"""
        {"id": "{{id}}", "modified": "2026-01-01T00:00:00Z", {{more}}
         "affected": [{"package": {"ecosystem": "{{ecosystem}}", "name": "{{name}}"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}{{(fixedIn is null ? "" : $$""", {"fixed": "{{fixedIn}}"}""")}}]}]}]}
        """;

    /// <summary>What is stored, as <c>flask 1.0: EX-1 is CVE-2026-1, High, fixed in 2</c>.</summary>
    public async Task<IReadOnlyList<string>> Vulnerabilities()
    {
        await using var db = await Service.Database();
        var rows = await db.Vulnerabilities.AsNoTracking().Join(db.Components, row => row.ComponentId, component => component.Id, (row, component) => new { row, component.Name, component.Version }).ToListAsync(Ct);
        return [.. rows.Select(one => Text(one.Name, one.Version, one.row)).Order(StringComparer.Ordinal)];
    }

    public static string Text(string name, string version, VulnerabilityRow row) =>
        $"{name} {version}: {row.AdvisoryId} is {row.Problem}, {row.Severity?.ToString() ?? "unrated"}{(row.FixedIn is { } fix ? $", fixed in {fix}" : "")}{(row.KnownExploited ? ", exploited" : "")}{(row.Unconfirmed ? ", unconfirmed" : "")}";

    /// <summary>What was told, the first first, as <c>NewAdvisory CVE-2026-1</c>.</summary>
    public async Task<IReadOnlyList<string>> Told()
    {
        await using var db = await Service.Database();
        return [.. (await db.AdvisoryEvents.AsNoTracking().OrderBy(row => row.Epoch).ThenBy(row => row.Id).ToListAsync(Ct)).Select(row => $"{row.Kind} {row.Problem}".TrimEnd())];
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
