using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Store.Advisories;

/// <summary>Brings ecosystems from a mirror, each by itself: one that fails stays what it was, and the others are brought.</summary>
internal sealed class AdvisoryBringer(Uri source, IReadOnlyList<string> wanted, TimeProvider clock)
{
    public async Task<IReadOnlyList<SourceFailure>> Bring(LibraryImport import, string folder, CancellationToken ct)
    {
        using var mirror = new AdvisoryMirror(source, new MirrorLimits());
        var list = await mirror.Ecosystems(ct);
        if (list.Failure is not null)
            return [.. wanted.Select(name => new SourceFailure(name, list.Failure))];
        var failures = new List<SourceFailure>();
        foreach (var ecosystem in wanted)
            if (!list.Ecosystems.Contains(ecosystem))
                failures.Add(new(ecosystem, $"{mirror.Name} does not have it"));
            else if (await Bring(mirror, import, ecosystem, folder, ct) is { } failure)
                failures.Add(new(ecosystem, failure));
        return failures;
    }

    async Task<string?> Bring(AdvisoryMirror mirror, LibraryImport import, string ecosystem, string folder, CancellationToken ct)
    {
        await using var zip = new FileStream(Path.Combine(folder, "all.zip"), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        var known = import.Sources.FirstOrDefault(one => one.Kind == SourceKind.Advisories && one.Name == ecosystem);
        var answer = await mirror.Export(ecosystem, known?.Provenance, zip, null, ct);
        var now = clock.GetUtcNow();
        if (answer.Failure is not null)
            return answer.Failure;
        if (answer.IsUnchanged)
        {
            import.Confirm(ecosystem, now);
            return null;
        }
        await zip.FlushAsync(ct);
        return import.Add(zip.SafeFileHandle, ecosystem, new Provenance(now, now, mirror.Name, answer.EntityTag, answer.LastModified), null, ct);
    }
}
