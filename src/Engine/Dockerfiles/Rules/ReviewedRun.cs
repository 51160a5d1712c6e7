using System.Collections.Immutable;
using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>A RUN and the simple commands in it.</summary>
/// <param name="Commands">The words of each, without quotes; of the exec form, one.</param>
internal sealed record ReviewedRun(BuildStage Stage, RunStep Step, IReadOnlyList<string[]> Commands)
{
    /// <summary>What it starts, with the place of each word; empty where its shell is none that is known.</summary>
    public IReadOnlyList<RunCall> Calls { get; init; } = [];

    /// <summary>Those that it sees, from ENV and ARG as they are written, and those that it exports itself.</summary>
    public ImmutableDictionary<string, string> Variables { get; init; } = ImmutableDictionary<string, string>.Empty;

    public static ReviewedRun Of(BuildStage stage, RunStep step) => new(stage, step, step.Command.Words is { } words
        ? [[.. words.Select(word => word.Text)]]
        : ShellScript.Commands(step.Command.Script));

    /// <summary>Whether a variable is set to something, and not to what means no.</summary>
    public bool IsSet(string name, RunCall? call = null)
    {
        var prefix = name + "=";
        var value = call?.Settings.LastOrDefault(setting => setting.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..]
        ?? Variables.GetValueOrDefault(name);
        return value is not (null or "" or "0" or "false");
    }

    /// <summary>Whether a cache, or something else that stays in no layer, is mounted at a place that a part of its path tells.</summary>
    public bool Mounts(params IReadOnlyList<string> parts) => Step.Mounts.Any(mount => mount.Kind is "cache" or "tmpfs" && mount.Target is { } target
        && (target.Contains('$', StringComparison.Ordinal) || parts.Any(part => target.Contains(part, StringComparison.OrdinalIgnoreCase))));

    /// <summary>A remark about a word of its text, or about the whole instruction where the word is not written like that.</summary>
    public Remark Remark(string word, string text)
    {
        var at = Step.Command.Text.Text.IndexOf(word, StringComparison.Ordinal);
        return at < 0 ? Rules.Remark.At(Step.Source.Keyword, text) : Rules.Remark.At(Step.Command.Text.Slice(at, word.Length), text);
    }
}
