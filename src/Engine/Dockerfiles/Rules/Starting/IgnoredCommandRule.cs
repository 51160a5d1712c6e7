using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

/// <remarks>An entrypoint that is a script or a small init runs what it is given, also a shell.</remarks>
internal sealed class IgnoredCommandRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("ignored-command", Severity.Medium,
        "ENTRYPOINT and CMD do not fit together", "Write both as lists: CMD then holds the arguments of ENTRYPOINT.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        foreach (var (stage, start) in StartCommand.Of(file.Plan))
        {
            if (start is not { Entrypoint.Command: { } entrypoint, Cmd: { Command: { } cmd } step }
                || !stage.Steps.Any(one => ReferenceEquals(one, step)))
                continue;
            // An empty list takes away what a base has.
            if (cmd.Words is { Count: 0 })
                continue;
            if (entrypoint.IsShellForm && entrypoint.Text.Length > 0)
                yield return Remark.At(cmd.Text, "ENTRYPOINT is in shell form, and takes no arguments from CMD");
            else if (cmd.IsShellForm && cmd.Text.Text is not ['[', ..] && entrypoint.Words is [var program, ..] && !RunsOthers(program.Text))
                yield return Remark.At(cmd.Text, $"CMD is in shell form: {program} gets /bin/sh, -c and this text as its arguments");
        }
    }

    static bool RunsOthers(string program) =>
        StartCommand.IsShell(program) || program.EndsWith(".sh", StringComparison.Ordinal) || program.Contains("entry", StringComparison.Ordinal)
        || RunCall.NameOf(program) is "tini" or "dumb-init" or "catatonit" or "env" or "gosu" or "su-exec" or "init" or "setpriv";
}
