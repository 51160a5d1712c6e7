using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>A RUN and the simple commands in it.</summary>
/// <param name="Commands">The words of each, without quotes; of the exec form, one.</param>
internal sealed record ReviewedRun(BuildStage Stage, RunStep Step, IReadOnlyList<string[]> Commands)
{
    public static ReviewedRun Of(BuildStage stage, RunStep step) => new(stage, step, step.Command.Words is { } words
        ? [[.. words.Select(word => word.Text)]]
        : ShellScript.Commands(step.Command.Script));

    /// <summary>A remark about a word of its text, or about the whole instruction where the word is not written like that.</summary>
    public Remark Remark(string word, string text)
    {
        var at = Step.Command.Text.Text.IndexOf(word, StringComparison.Ordinal);
        return at < 0 ? Rules.Remark.At(Step.Source.Keyword, text) : Rules.Remark.At(Step.Command.Text.Slice(at, word.Length), text);
    }
}
