using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>What a container of a stage starts, as far as the file says it.</summary>
/// <param name="Shell">What commands in shell form are given to at the end of the stage; null for the one that is there by itself.</param>
internal sealed record StartCommand(EntrypointStep? Entrypoint, CmdStep? Cmd, ShellStep? Shell)
{
    /// <summary>Of each stage.</summary>
    public static Dictionary<BuildStage, StartCommand> Of(BuildPlan plan)
    {
        var all = new Dictionary<BuildStage, StartCommand>(ReferenceEqualityComparer.Instance);
        foreach (var stage in plan.Stages)
            all[stage] = Of(stage, stage.Base is { } on ? all[on] : new(null, null, null));
        return all;
    }

    public static StartCommand Of(ReviewedFile file) => Of(file.Plan)[file.Target];

    // An ENTRYPOINT takes away the CMD of what the stage begins from.
    static StartCommand Of(BuildStage stage, StartCommand on)
    {
        var entrypoint = stage.Steps.OfType<EntrypointStep>().LastOrDefault();
        return new(entrypoint ?? on.Entrypoint, stage.Steps.OfType<CmdStep>().LastOrDefault()
            ?? (entrypoint is null ? on.Cmd : null), stage.Steps.OfType<ShellStep>().LastOrDefault() ?? on.Shell);
    }

    /// <summary>The script of a shell, whether the form or the words call one; null where no shell is in front.</summary>
    public static string? ScriptOf(StepCommand command) => command.Words switch
    {
        null => command.Script,
        [var shell, var option, var script, ..] when IsShell(shell.Text) && option.Text.StartsWith('-') && option.Text.EndsWith('c') => script.Text,
        _ => null,
    };

    public static bool IsShell(string program) => CallReader.IsShell(RunCall.NameOf(program));
}
