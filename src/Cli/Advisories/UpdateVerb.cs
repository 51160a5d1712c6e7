using System.CommandLine;
using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Cli.Advisories;

/// <summary><c>plimsoll advisories update [ECOSYSTEM…]</c>: brings what has changed from a mirror.</summary>
internal static class UpdateVerb
{
    public static Verb Verb()
    {
        var ecosystems = new Argument<string[]>("ecosystem") { Arity = ArgumentArity.ZeroOrMore, Description = "such as Debian, Alpine, PyPI or npm; else those that are there already" };
        var mirrors = new MirrorOptions();
        var replace = ImportSession.ReplaceOption();
        var verb = new Verb(
            VerbGroup.Advisories, "update", "Brings the advisories of ecosystems from OSV's export or a mirror of it; what has not changed is not sent again.",
            ["plimsoll advisories update Debian PyPI npm", "plimsoll advisories update --from https://mirror.example/osv"])
        {
            ecosystems.NoOption(), replace,
        };
        foreach (var option in mirrors.All)
            verb.Add(option);
        verb.SetAction(async (parsed, ct) =>
        {
            using var session = ImportSession.Begin(parsed.GetValue(replace));
            if (session is null)
                return ExitCode.NotInspected;
            using var mirror = new AdvisoryMirror(mirrors.Mirror(parsed), new MirrorLimits());
            return await Update(session, mirror, parsed.GetValue(ecosystems)!, mirrors.ExploitationFeeds(parsed), ct);
        });
        return verb;
    }

    static async Task<int> Update(ImportSession session, AdvisoryMirror mirror, string[] named, IEnumerable<(SourceKind Kind, Uri Url)> feeds, CancellationToken ct)
    {
        var list = await mirror.Ecosystems(ct);
        if (list.Failure is not null)
            return ImportSession.Fail(list.Failure);
        var known = session.Import.Sources.Where(source => source.Kind == SourceKind.Advisories).ToDictionary(source => source.Name, StringComparer.Ordinal);
        var wanted = new List<string>();
        foreach (var name in named.Length > 0 ? named : [.. known.Keys.Order(StringComparer.Ordinal)])
            if (Spelt(name, list.Ecosystems) is { } ecosystem)
                wanted.Add(ecosystem);
            else if (named.Length > 0)
                return CommandLine.Say(ExitCode.Usage, $"{mirror.Name} has no '{name}': it has {string.Join(", ", list.Ecosystems)}");
            else
                CommandLine.Say(ExitCode.Passed, $"{name}: {mirror.Name} does not have it; it stays as it is");
        if (wanted.Count == 0 && known.Count > 0)
            return CommandLine.Say(ExitCode.NotInspected, $"{mirror.Name} has none of the ecosystems that are here: nothing was changed");
        if (wanted.Count == 0)
            return CommandLine.Say(ExitCode.Usage, $"there are no advisories yet: name the ecosystems of your images, as in 'plimsoll advisories update Debian PyPI npm'; {mirror.Name} has {string.Join(", ", list.Ecosystems)}");
        var update = new SourceUpdates(session, mirror);
        foreach (var ecosystem in wanted.Distinct(StringComparer.Ordinal))
            await update.Bring(ecosystem, ct);
        foreach (var (kind, url) in feeds)
            await update.Bring(kind, url, ct);
        return update.Complete(ct);
    }

    // However it is typed, and a release means the whole of which it is a part.
    static string? Spelt(string name, IReadOnlyList<string> ecosystems) =>
        ecosystems.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? ecosystems.FirstOrDefault(known => known.Equals(name.Split(':')[0], StringComparison.OrdinalIgnoreCase));
}
