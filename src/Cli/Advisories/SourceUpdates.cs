using Plimsoll.Cli.Terminal;
using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Cli.Advisories;

/// <summary>The sources of one update, each for itself: what one cannot bring, the others can.</summary>
internal sealed class SourceUpdates(ImportSession session, AdvisoryMirror mirror)
{
    readonly MirrorUpdate _update = new(session.Import, mirror, session.Now, session.Replaces);
    readonly List<AdvisorySource> _unchanged = [];
    int _brought, _failed;

    public async Task Bring(string ecosystem, CancellationToken ct)
    {
        SourceUpdate outcome;
        await using (var bar = AdvisoryBar.Start(ecosystem))
            outcome = await _update.Bring(ecosystem, bar, bar, ct);
        Note(outcome, SourceKind.Advisories, ecosystem);
    }

    public async Task Bring(SourceKind kind, Uri url, CancellationToken ct) => Note(await _update.Bring(kind, url, ct), kind, ExploitationFeed.NameOf(kind));

    public int Complete(CancellationToken ct)
    {
        if (_brought == 0)
            return CommandLine.Say(ExitCode.NotInspected, "nothing was changed");
        var code = session.Complete(ct, isEachForItself: true, _unchanged);
        return _failed > 0 ? ExitCode.NotInspected : code;
    }

    void Note(SourceUpdate outcome, SourceKind kind, string name)
    {
        if (outcome.Failure is { } failure)
        {
            _failed++;
            CommandLine.Say(ExitCode.NotInspected, $"{failure}: {name} stays as it is");
            return;
        }
        _brought++;
        if (outcome.Way == SourceUpdateWay.Unchanged)
            _unchanged.AddRange(session.Import.Sources.Where(source => source.Kind == kind && source.Name == name));
    }
}
