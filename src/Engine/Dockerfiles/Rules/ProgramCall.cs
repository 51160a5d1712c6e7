namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>A program that a shell calls, without the keywords, assignments and wrappers before it.</summary>
/// <param name="Program">Its name, without folders.</param>
internal sealed record ProgramCall(string Program, IReadOnlyList<string> Arguments)
{
    static readonly HashSet<string> Before = new(StringComparer.Ordinal) { "if", "then", "else", "elif", "do", "while", "until", "!", "{", "time", "exec", "command", "env", "nice", "sudo" };

    /// <summary>Null where nothing is called.</summary>
    public static ProgramCall? Of(string[] words)
    {
        var at = 0;
        while (at < words.Length && (Before.Contains(words[at]) || IsAssignment(words[at])))
            at++;
        return at < words.Length ? new(NameOf(words[at]), words[(at + 1)..]) : null;
    }

    public static IEnumerable<ProgramCall> In(ReviewedRun run) => run.Commands.Select(Of).OfType<ProgramCall>();

    /// <summary>The arguments that are no options.</summary>
    public IEnumerable<string> Operands => Arguments.Where(argument => !argument.StartsWith('-'));

    public static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    static bool IsAssignment(string word) => word.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals && word.AsSpan(0, equals).IndexOfAnyExcept(Letters) < 0;

    static readonly System.Buffers.SearchValues<char> Letters = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
}
