using System.Text;
using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Advisories.Feeds;

/// <summary>
/// OSV's bulk export, or a server that is laid out as it is. What is known is asked for only if it has changed. What goes wrong is an answer that
/// says so.
/// </summary>
/// <param name="address">With or without a slash at its end.</param>
/// <param name="token">What it asks for (RFC 6750); null for nothing. Nobody else gets it, also not where it redirects to.</param>
public sealed class AdvisoryMirror(Uri address, MirrorLimits limits, string? token = null) : IDisposable
{
    /// <summary>The export of the OSV project itself.</summary>
    public const string Osv = "https://osv-vulnerabilities.storage.googleapis.com";

    readonly Download _download = new(limits);

    /// <summary>What it is known by in a library.</summary>
    public string Name { get; } = address.AbsoluteUri.TrimEnd('/');

    /// <summary>The ecosystems that it has.</summary>
    public async Task<MirrorList> Ecosystems(CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var answer = await Get(EcosystemList.Name, default, bytes, EcosystemList.MostBytes, null, ct);
        if (answer.Failure is not null)
            return new([], answer.Failure);
        var names = EcosystemList.Parse(Encoding.UTF8.GetString(bytes.ToArray()));
        return new(names, names.Count > 0 ? null : $"{Name}/{EcosystemList.Name} names no ecosystem");
    }

    /// <summary>Writes the export of an ecosystem into a file, which holds anything when it fails.</summary>
    /// <param name="known">What the library has of it. Only what came from this mirror can be unchanged there.</param>
    public Task<MirrorAnswer> Export(string ecosystem, Provenance? known, Stream into, IProgress<Transfer>? progress, CancellationToken ct) =>
        Get($"{Uri.EscapeDataString(ecosystem)}/all.zip", Own(known)?.Export ?? default, into, limits.ExportBytes, progress, ct);

    /// <summary>Which records an ecosystem has, and when each was modified.</summary>
    /// <inheritdoc cref="Export"/>
    public async Task<MirrorChanges> Modified(string ecosystem, Provenance? known, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var answer = await Get($"{Uri.EscapeDataString(ecosystem)}/{ModifiedList.Name}", Own(known)?.List ?? default, bytes, ModifiedList.MostBytes, null, ct);
        return new(answer, answer.Failure is not null || answer.IsUnchanged ? null : ModifiedList.Parse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }

    /// <summary>One record of an ecosystem.</summary>
    public async Task<MirrorRecord> Record(string ecosystem, string id, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var answer = await Get($"{Uri.EscapeDataString(ecosystem)}/{Uri.EscapeDataString(id)}.json", default, bytes, AdvisoryLimits.RecordBytes, null, ct);
        return new(answer, answer.Failure is null ? bytes.ToArray() : null);
    }

    /// <summary>A list of what is exploited, wherever it is.</summary>
    /// <inheritdoc cref="Export"/>
    internal Task<MirrorAnswer> Feed(Uri url, Provenance? known, Stream into, CancellationToken ct) =>
        _download.Get(url, url.AbsolutePath, known?.Origin == url.AbsoluteUri ? known.Export : default, into, ExploitationFeed.MostBytes, null, ct);

    public void Dispose() => _download.Dispose();

    Provenance? Own(Provenance? known) => known?.Origin == Name ? known : null;

    Task<MirrorAnswer> Get(string path, Validators known, Stream into, long most, IProgress<Transfer>? progress, CancellationToken ct) =>
        _download.Get(new Uri($"{Name}/{path}"), path, known, into, most, progress, ct, token);
}
