using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plimsoll.Engine.Dockerfiles.Rules.Stages;
using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Secrets;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

internal sealed class ShellFormRule : IDockerfileRule
{
    static readonly HashSet<string> Builtins = new(StringComparer.Ordinal) { "cd", "export",
        ".", "source", ":", "set", "umask", "ulimit", "eval", "exec", "trap", "wait", "alias", "type", "command", "if", "while",
        "for", "until", "case", "exit", "read", "let", "local", "declare", "unset", "shift", "shopt", "pushd", "popd", "function", "select" };

    static readonly SearchValues<char> OfShell = SearchValues.Create("$&|;<>()*?[]{}~#!\\`\n");

    public RuleInfo Info { get; } = new("shell-form", Severity.Low,
        "A shell stands between the container and its program", "Write the command as a list: CMD [\"app\", \"serve\"].", "DL3025");

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var hasCmd = file.Steps.Any(one => one.Step is CmdStep);
        foreach (var (stage, (entrypoint, _, shell)) in StartCommand.Of(file.Plan))
        {
            if (shell is not null && !StartCommand.IsShell(shell.Words[0].Text))
                continue;
            var runsWhatItIsGiven = OfficialImage.RunsWhatItIsGiven(StageLine.Of(stage)[0]);
            foreach (var step in stage.Steps)
                if (CommandOf(step) is { IsShellForm: true } command && command.Text.Text is not ("" or ['[', ..])
                    && !command.Script.TrimStart().StartsWith("exec ", StringComparison.Ordinal))
                    yield return Remark.At(command.Text,
                        $"{step.Source.Name} in shell form: signals go to the shell, and the program is not told to stop")
                        with { Fix = shell is null && !(step is CmdStep ? entrypoint is not null : hasCmd) && runsWhatItIsGiven
                            ? Fix(command.Text) : [] };
        }
    }

    public static StepCommand? CommandOf(BuildStep step) =>
        step switch { CmdStep cmd => cmd.Command, EntrypointStep entrypoint => entrypoint.Command, _ => null };

    // Where the shell does no more than part the words. With a CMD and an ENTRYPOINT, one of the two would get other arguments; a base of which
    // nothing is known may have an ENTRYPOINT. A path may be of a script, which without #! is started by a shell alone. A secret is not repeated in a
    // report.
    static IReadOnlyList<TextEdit> Fix(PlacedText text)
    {
        if (text.Start.Line != text.End.Line || text.Text.AsSpan().ContainsAny(OfShell) || SecretText.Find(text.Text).Count > 0)
            return [];
        var words = ShellWords.Raw(text).Select(word => ShellWords.WithoutQuotes(word.Text)).ToList();
        return words.Count == 0 || Builtins.Contains(words[0]) || words[0].Contains('=', StringComparison.Ordinal)
            || words[0].Contains('/', StringComparison.Ordinal) || words[0].EndsWith(".sh", StringComparison.Ordinal)
            || words[0].EndsWith(".bash", StringComparison.Ordinal) ? []
            : [new(text.Start, text.End,
                $"[{string.Join(", ", words.Select(word => $"\"{JsonEncodedText.Encode(word, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\""))}]")];
    }
}
