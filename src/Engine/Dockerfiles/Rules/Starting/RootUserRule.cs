using Plimsoll.Engine.Dockerfiles.Rules.Stages;
using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

/// <remarks>
/// An entrypoint that gives its rights away before it starts the program begins as root for that. Of what is only a base for others, or begins from
/// an image of which nothing is known, nobody can say what user it will have.
/// </remarks>
internal sealed class RootUserRule : IDockerfileRule
{
    static readonly string[] Lowering = ["gosu", "su-exec", "setpriv", "runuser", "s6-", "/init"],
    Tools = ["gosu", "su-exec", "setpriv", "s6-overlay"];

    public RuleInfo Info { get; } = new("root-user", Severity.High, "The image runs as root",
        "Write USER with the number of a user of its own before the end of the last stage.", "DL3002");

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var start = StartCommand.Of(file);
        if (GivesRightsAway(start) || StageLine.Steps(file.Target).Any(BringsTool))
            return [];
        if (TargetUser.Of(file) is { } user)
            return TargetUser.NameIn(user) is "root" or "0" ? [Remark.At(user.Value, $"{user.Value} may do everything in the container")] : [];
        return start is { Entrypoint: null, Cmd: null } || !OfficialImage.LeavesRoot(StageLine.Of(file.Target)[0]) ? []
            : [Remark.At(file.Target.From.Image, "no USER is set for this stage, and what its base leaves is root")];
    }

    static bool GivesRightsAway(StartCommand start) =>
        new[] { start.Entrypoint?.Command.Text.Text, start.Cmd?.Command.Text.Text }.Any(text => text is not null
            && Lowering.Any(word => text.Contains(word, StringComparison.Ordinal)));

    // A script that starts the program calls it then.
    static bool BringsTool(BuildStep step) => Tools.Any(tool => step.Source.Arguments.Text.Contains(tool, StringComparison.Ordinal)
        || step is CopyStep { From: { } from } && from.Text.Contains(tool, StringComparison.Ordinal)
        || step.Source.Heredocs.Any(document => document.Content.Contains(tool, StringComparison.Ordinal)));
}
