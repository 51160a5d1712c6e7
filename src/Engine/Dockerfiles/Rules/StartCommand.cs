using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>What a container of a stage starts, as far as the file says it.</summary>
internal sealed record StartCommand(EntrypointStep? Entrypoint, CmdStep? Cmd)
{
    public static StartCommand Of(BuildStage stage)
    {
        EntrypointStep? entrypoint = null;
        CmdStep? cmd = null;
        foreach (var one in StageLine.Of(stage))
        {
            // An ENTRYPOINT takes away the CMD of what the stage begins from.
            if (one.Steps.OfType<EntrypointStep>().LastOrDefault() is { } ownEntrypoint)
                (entrypoint, cmd) = (ownEntrypoint, null);
            cmd = one.Steps.OfType<CmdStep>().LastOrDefault() ?? cmd;
        }
        return new(entrypoint, cmd);
    }

    /// <summary>The script of a shell, whether the form or the words call one; null where no shell is in front.</summary>
    public static string? ScriptOf(StepCommand command) => command.Words switch
    {
        null => command.Script,
        [var shell, var option, var script, ..] when IsShell(shell.Text) && option.Text.StartsWith('-') && option.Text.EndsWith('c') => script.Text,
        _ => null,
    };

    public static bool IsShell(string program) => ProgramCall.NameOf(program) is "sh" or "bash" or "ash" or "dash" or "zsh" or "ksh";
}
