using System.CommandLine;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Cli.Advisories;

/// <summary><c>plimsoll advisories update [ECOSYSTEM…]</c>: brings what has changed from a mirror.</summary>
internal static class UpdateVerb
{
    public static Verb Verb()
    {
        var ecosystems = new Argument<string[]>("ecosystem") { Arity = ArgumentArity.ZeroOrMore, Description = "such as Debian, Alpine, PyPI or npm; else those that are there already" };
        var from = new Option<Uri>("--from")
        {
            HelpName = "url",
            Description = $"a server laid out as OSV's export; else {AdvisoryMirror.Osv}",
            DefaultValueFactory = _ => new Uri(AdvisoryMirror.Osv),
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length + uri.Query.Length + uri.Fragment.Length == 0)
                    return uri;
                result.AddError("--from takes http[s]://HOST[:PORT][/PATH]");
                return null;
            },
        };
        var replace = ImportSession.ReplaceOption();
        var verb = new Verb(
            VerbGroup.Advisories, "update", "Brings the advisories of ecosystems from OSV's export or a mirror of it; what has not changed is not sent again.",
            ["plimsoll advisories update Debian PyPI npm", "plimsoll advisories update --from https://mirror.example/osv"])
        {
            ecosystems.NoOption(), from, replace,
        };
        verb.SetAction(async (parsed, ct) =>
        {
            using var session = ImportSession.Begin(parsed.GetValue(replace));
            if (session is null)
                return ExitCode.NotInspected;
            using var mirror = new AdvisoryMirror(parsed.GetValue(from)!, new MirrorLimits());
            return await Update(session, mirror, parsed.GetValue(ecosystems)!, ct);
        });
        return verb;
    }

    static async Task<int> Update(ImportSession session, AdvisoryMirror mirror, string[] named, CancellationToken ct)
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
        var unchanged = new List<AdvisorySource>();
        foreach (var ecosystem in wanted.Distinct(StringComparer.Ordinal))
        {
            var (isUnchanged, failure) = await Bring(session, mirror, ecosystem, known.GetValueOrDefault(ecosystem), ct);
            if (failure is not null)
                return ImportSession.Fail(failure);
            if (isUnchanged)
                unchanged.Add(known[ecosystem]);
        }
        return session.Complete(ct, unchanged);
    }

    static async Task<(bool IsUnchanged, string? Failure)> Bring(ImportSession session, AdvisoryMirror mirror, string ecosystem, AdvisorySource? known, CancellationToken ct)
    {
        // Beside the library, where there is room for what it becomes.
        await using var zip = new FileStream($"{LibraryPath.Current}.download", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        await using var bar = AdvisoryBar.Start(ecosystem);
        var answer = await mirror.Export(ecosystem, session.Replaces ? null : known?.Provenance, zip, bar, ct);
        if (answer.Failure is not null)
            return (false, answer.Failure);
        if (answer.IsUnchanged)
        {
            session.Import.Confirm(ecosystem, session.Now);
            return (true, null);
        }
        await zip.FlushAsync(ct);
        return (false, session.Import.Add(zip.SafeFileHandle, ecosystem, new Provenance(session.Now, session.Now, mirror.Name, answer.EntityTag, answer.LastModified), bar, ct) is { } failure
            ? $"{mirror.Name}/{ecosystem}/all.zip: {failure}" : null);
    }

    // However it is typed, and a release means the whole of which it is a part.
    static string? Spelt(string name, IReadOnlyList<string> ecosystems) =>
        ecosystems.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? ecosystems.FirstOrDefault(known => known.Equals(name.Split(':')[0], StringComparison.OrdinalIgnoreCase));
}
