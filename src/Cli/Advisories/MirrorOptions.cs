using System.CommandLine;
using System.CommandLine.Parsing;
using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Cli.Advisories;

/// <summary>Where an update asks. The lists of what is exploited belong to the public export; who has a mirror says where it has these.</summary>
internal sealed class MirrorOptions
{
    static readonly IReadOnlyList<(SourceKind Kind, string Name, string What)> Feeds =
    [
        (SourceKind.KnownExploited, "--kev", "CISA's catalogue of what is known to be exploited"),
        (SourceKind.ExploitScores, "--epss", "FIRST's scores of how likely that is"),
    ];

    readonly Option<Uri?> _from = Url("--from", $"a server laid out as OSV's export; else {AdvisoryMirror.Osv}");
    readonly IReadOnlyList<(SourceKind Kind, Option<Uri?> Option)> _feeds =
        [.. Feeds.Select(feed => (feed.Kind, Url(feed.Name, $"{feed.What}; without --from {ExploitationFeed.PublicAddress(feed.Kind)}, and else none")))];

    public IEnumerable<Option> All => [_from, .. _feeds.Select(feed => feed.Option)];

    public Uri Mirror(ParseResult parsed) => parsed.GetValue(_from) ?? new Uri(AdvisoryMirror.Osv);

    public IEnumerable<(SourceKind Kind, Uri Url)> ExploitationFeeds(ParseResult parsed)
    {
        var isPublic = parsed.GetValue(_from) is null;
        foreach (var (kind, option) in _feeds)
            if ((parsed.GetValue(option) ?? (isPublic ? ExploitationFeed.PublicAddress(kind) : null)) is { } url)
                yield return (kind, url);
    }

    static Option<Uri?> Url(string name, string description) => new(name) { HelpName = "url", Description = description, CustomParser = Parse };

    static Uri? Parse(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length + uri.Query.Length + uri.Fragment.Length == 0)
            return uri;
        result.AddError($"{(result.Parent as OptionResult)?.Option.Name} takes http[s]://HOST[:PORT][/PATH]");
        return null;
    }
}
