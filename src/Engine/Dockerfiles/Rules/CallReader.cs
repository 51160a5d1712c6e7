using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>Finds what the command of a RUN starts, with the place of each word, also in documents and in scripts that a shell is given.</summary>
internal sealed class CallReader
{
    /// <summary>Scripts inside of one another.</summary>
    const int Nested = 4;

    static readonly HashSet<string> Shells = new(StringComparer.Ordinal) { "sh", "bash", "ash", "dash", "zsh", "ksh" };

    readonly List<RunCall> _calls = [];

    /// <summary>In their order; what stands in <c>$(…)</c> before the command that it is a part of.</summary>
    public static IReadOnlyList<RunCall> Of(StepCommand command)
    {
        var reader = new CallReader();
        if (command.Words is { } words)
            reader.Add([.. words.Select(word => new CallWord(word.Text, word.Start, word.End))], false, 0, false, at => (words[at], false), Nested);
        else if (command.Documents is [var only] && ReferenceEquals(command.Script, only.Content))
            reader.Document(only);
        else
        {
            reader.Script(command.Text, null, 0, Nested);
            if (reader._calls.Exists(call => IsShell(call.Program)))
                foreach (var document in command.Documents)
                    reader.Document(document);
        }
        return reader._calls;
    }

    public static bool IsShell(string program) => Shells.Contains(program);

    void Document(Heredoc document)
    {
        // What names its own interpreter is run by that.
        var firstLine = document.Content.AsSpan(0, document.Content.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? end
            : document.Content.Length).Trim();
        if (firstLine.StartsWith("#!") && !firstLine.EndsWith("sh") && !firstLine.Contains("sh ", StringComparison.Ordinal))
            return;
        var (joined, line) = (new PlacedText.Joiner(), document.At.Line);
        for (var at = 0; at < document.Content.Length;)
        {
            var next = document.Content.IndexOf('\n', at) is >= 0 and var newline ? newline + 1 : document.Content.Length;
            joined.Add(document.Content.AsSpan(at, next - at), new(line++, 1));
            at = next;
        }
        Script(joined.Join(), null, 0, Nested);
    }

    /// <param name="whole">Where all of it stands, if its words cannot be placed.</param>
    void Script(PlacedText script, CallWord? whole, int depth, int left)
    {
        foreach (var command in ShellScript.Placed(script.Text))
        {
            var places = command.Words;
            Add([.. places.Select(word => whole is { } one ? one with { Text = word.Text }
                : new CallWord(word.Text, script.At(word.Start), Behind(script, word.End)))],
                command.IsPiped, depth + command.Depth, whole is null, at => Inner(script, places[at]), left);
        }
    }

    /// <param name="inner">The text of a word that is a script itself, and whether its places are known.</param>
    void Add(CallWord[] words, bool isPiped, int depth, bool isVerbatim, Func<int, (PlacedText Script, bool IsPlaced)> inner, int left)
    {
        var (start, settings) = CallPrefix.Of([.. words.Select(word => word.Text)]);
        if (start == words.Length)
        {
            if (settings.Count > 0)
                _calls.Add(new([new CallWord("export", words[0].Start, words[0].End), .. words[^settings.Count..]], [], false, depth, false));
            return;
        }
        var call = new RunCall(words[start..], settings, isPiped, depth, isVerbatim) { Before = words[..start] };
        if (left > 0 && ScriptAt(call) is { } at)
        {
            var (script, isPlaced) = inner(start + at);
            Script(script, isPlaced && isVerbatim ? null : words[start + at], depth + 1, left - 1);
        }
        _calls.Add(call);
    }

    // The word that is a script: behind -c of a shell, behind eval.
    static int? ScriptAt(RunCall call)
    {
        if (call.Program == "eval" && call.Words.Count == 2)
            return 1;
        if (!IsShell(call.Program) && call.Program != "su")
            return null;
        for (var at = 1; at + 1 < call.Words.Count; at++)
            if (call.Words[at].Text is ['-', not '-', .., 'c'] or "-c" or "--command")
                return at + 1;
        return null;
    }

    // Quotes around it and nothing to take away within: each character stands where it is written.
    static (PlacedText, bool) Inner(PlacedText script, Checks.ShellWord word)
    {
        var written = script.Text.AsSpan(word.Start, word.End - word.Start);
        var quote = written.Length == word.Text.Length + 2 ? 1 : 0;
        return written[quote..].StartsWith(word.Text, StringComparison.Ordinal) && written.Length == word.Text.Length + (2 * quote)
            ? (script.Slice(word.Start + quote, word.Text.Length), true)
            : (PlacedText.Of(word.Text, script.At(word.Start)), false);
    }

    static TextPosition Behind(PlacedText script, int end) => script.At(end - 1) is var last ? last with { Column = last.Column + 1 } : default;
}
