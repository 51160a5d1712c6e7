namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>A program that a RUN starts, also one behind <c>sudo</c>, <c>env</c>, <c>if</c> or in <c>sh -c "…"</c>.</summary>
/// <param name="Words">The program and what it is given; without what stands before the program.</param>
/// <param name="Settings">Variables that are set for it alone: <c>NAME=value</c>.</param>
/// <param name="IsPiped">Whether what it prints goes to the next call of the same depth.</param>
/// <param name="Depth">How deep in <c>$(…)</c> and the like it stands.</param>
/// <param name="IsVerbatim">Whether its words stand in the file as they are, so that others can be put between them.</param>
internal sealed record RunCall(IReadOnlyList<CallWord> Words, IReadOnlyList<string> Settings, bool IsPiped, int Depth, bool IsVerbatim)
{
    /// <summary>What stands before the program: keywords, variables, and programs that start it.</summary>
    public IReadOnlyList<CallWord> Before { get; init; } = [];

    /// <summary>Without its folder.</summary>
    public string Program { get; } = NameOf(Words[0].Text);

    /// <summary>The last part of a path.</summary>
    public static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>Words behind the program that are neither options nor their values: a verb, mostly, and then what it is about.</summary>
    /// <param name="valued">Options whose value is a word of its own.</param>
    public IEnumerable<CallWord> Arguments(IReadOnlySet<string>? valued = null)
    {
        for (var at = 1; at < Words.Count; at++)
            if (Words[at].Text is not ['-', _, ..])
                yield return Words[at];
            else if (valued?.Contains(Words[at].Text) is true)
                at++;
    }

    public string? Verb(IReadOnlySet<string>? valued = null) => Arguments(valued).FirstOrDefault().Text;

    /// <summary>Whether it is given one of these options, with or without <c>=value</c>.</summary>
    public bool Has(params IReadOnlyList<string> options)
    {
        foreach (var (text, _, _) in Words)
            if (text is ['-', ..])
                foreach (var option in options)
                    if (text.StartsWith(option, StringComparison.Ordinal) && (text.Length == option.Length || text[option.Length] == '='))
                        return true;
        return false;
    }

    /// <summary>Whether it is given an option of one letter, perhaps together with others: <c>-qy</c>.</summary>
    public bool HasLetter(char letter) => Words.Any(word => word.Text is ['-', not '-', ..] and { Length: <= 6 } text
        && text.Contains(letter, StringComparison.Ordinal) && text.AsSpan(1).IndexOfAnyExceptInRange('A', 'z') < 0);

    public bool Mentions(string part) => Words.Any(word => word.Text.Contains(part, StringComparison.Ordinal));

    /// <summary>Whether a variable may hold options: nobody can say then which are missing.</summary>
    public bool MayHoldOptions => Words.Any(word => word.Text is ['$', .. var name]
        && (name is "@" or "*" || OptionNames.Any(end => name.TrimEnd('}').EndsWith(end, StringComparison.OrdinalIgnoreCase))));

    static readonly string[] OptionNames = ["opt", "opts", "option", "options", "flag", "flags", "arg", "args", "arguments", "params"];

    /// <summary>A remark about its words from the program to one of them.</summary>
    public Remark Remark(CallWord last, string text, string? insertion = null) => new(text, Words[0].Start, last.End)
    {
        Fix = insertion is not null && IsVerbatim ? [new TextEdit(last.End, last.End, insertion)] : [],
    };

    /// <summary>A remark about its words up to the verb, if it has one.</summary>
    public Remark Remark(string text, IReadOnlySet<string>? valued = null, string? insertion = null) =>
        Remark(Arguments(valued).FirstOrDefault() is { Text: not null } verb ? verb : Words[0], text, insertion);
}

/// <summary>A word without its quotes, and where it stands with them.</summary>
/// <param name="End">Behind its last character.</param>
internal readonly record struct CallWord(string Text, TextPosition Start, TextPosition End)
{
    /// <summary>Whether a part of it is only known when it runs.</summary>
    public bool IsVariable => Text.Contains('$', StringComparison.Ordinal);

    public Remark Remark(string text) => new(text, Start, End);
}
