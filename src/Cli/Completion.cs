using System.CommandLine;

namespace Plimsoll.Cli;

/// <summary><c>plimsoll completion SHELL</c>: a script that asks the program itself what may come next.</summary>
internal static class Completion
{
    static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = """
            _plimsoll() {
              COMPREPLY=()
              while IFS= read -r word; do
                COMPREPLY+=("$word")
              done < <(plimsoll "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null | grep -F -- "${COMP_WORDS[COMP_CWORD]}")
            }
            complete -o default -F _plimsoll plimsoll
            """,
        ["zsh"] = """
            #compdef plimsoll
            _plimsoll() {
              local -a words_
              words_=("${(@f)$(plimsoll "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
              compadd -- $words_ || _files
            }
            compdef _plimsoll plimsoll
            """,
        ["fish"] = """
            complete -c plimsoll -a '(plimsoll "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'
            """,
    };

    public static Verb Verb()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var verb = new Verb(
            VerbGroup.Rest, "completion", "Prints the script that completes verbs and options in a shell.",
            ["source <(plimsoll completion bash)", "plimsoll completion fish | source"])
        {
            shell,
        };
        verb.SetAction(parsed => Console.Out.WriteLine(Scripts[parsed.GetValue(shell)!]));
        return verb;
    }
}
