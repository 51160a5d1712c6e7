using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Store.Advisories;

/// <summary>Brings ecosystems from a mirror, and the lists of what is exploited from where they are: each by itself.</summary>
internal sealed class AdvisoryBringer(Uri source, string? token, IReadOnlyList<string> wanted, IReadOnlyList<(SourceKind Kind, Uri Url)> feeds, TimeProvider clock)
{
    public async Task<IReadOnlyList<SourceFailure>> Bring(LibraryImport import, CancellationToken ct)
    {
        using var mirror = new AdvisoryMirror(source, new MirrorLimits(), token);
        var (update, failures) = (new MirrorUpdate(import, mirror, clock.GetUtcNow()), new List<SourceFailure>());
        foreach (var (kind, url) in feeds)
            if ((await update.Bring(kind, url, ct)).Failure is { } failure)
                failures.Add(new(ExploitationFeed.NameOf(kind), failure) { Kind = kind });
        if (wanted.Count == 0)
            return failures;
        var list = await mirror.Ecosystems(ct);
        foreach (var ecosystem in wanted)
        {
            var failure = list.Failure is not null ? list.Failure
                : !list.Ecosystems.Contains(ecosystem) ? $"{mirror.Name} does not have it"
                : (await update.Bring(ecosystem, null, null, ct)).Failure;
            if (failure is not null)
                failures.Add(new(ecosystem, failure));
        }
        return failures;
    }
}
