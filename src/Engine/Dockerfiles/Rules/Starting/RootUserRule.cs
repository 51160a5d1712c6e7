using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

/// <remarks>An entrypoint that gives its rights away before it starts the program begins as root for that.</remarks>
internal sealed class RootUserRule : IDockerfileRule
{
    static readonly string[] Lowering = ["gosu", "su-exec", "setpriv", "runuser", "s6-", "/init"], Rootless = ["nonroot", "non-root", "rootless", "unprivileged", "chiseled"];

    public RuleInfo Info { get; } = new("root-user", Severity.High, "The image runs as root", "Write USER with the number of a user of its own before the end of the last stage.", "DL3002");

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var start = StartCommand.Of(file);
        if (start is { Entrypoint: null, Cmd: null } && StageLine.Of(file.Target)[0].IsFromScratch || GivesRightsAway(start))
            return [];
        if (TargetUser.Of(file) is { } user)
            return TargetUser.NameIn(user) is "root" or "0" ? [Remark.At(user.Value, $"{user.Value} may do everything in the container")] : [];
        var image = StageLine.Of(file.Target)[0].Image!;
        return Rootless.Any(word => image.Contains(word, StringComparison.Ordinal)) ? []
            : [Remark.At(file.Target.From.Image, "no USER is set for this stage, and what most base images leave is root")];
    }

    static bool GivesRightsAway(StartCommand start) =>
        new[] { start.Entrypoint?.Command.Text.Text, start.Cmd?.Command.Text.Text }.Any(text => text is not null && Lowering.Any(word => text.Contains(word, StringComparison.Ordinal)));
}
