namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>What stands before the program in a command: keywords of the shell, programs that start another, and variables for it.</summary>
internal static class CallPrefix
{
    static readonly HashSet<string> Keywords = new(StringComparer.Ordinal) { "if", "then", "else", "elif", "while", "until", "do", "!", "{" };

    // With the options whose value is a word of its own.
    static readonly Dictionary<string, string[]> Starters = new(StringComparer.Ordinal)
    {
        ["sudo"] = ["-u", "-g", "-h", "-p", "-C", "-D", "-R", "-T", "--user", "--group"],
        ["doas"] = ["-u", "-C"], ["env"] = ["-u", "-C", "-S", "--unset", "--chdir"],
        ["exec"] = ["-a"], ["command"] = [], ["builtin"] = [], ["time"] = ["-o", "-f"], ["nohup"] = [], ["setsid"] = [], ["eatmydata"] = [],
        ["nice"] = ["-n"], ["ionice"] = ["-c", "-n", "-p"], ["timeout"] = ["-k", "-s"], ["stdbuf"] = ["-i", "-o", "-e"],
        ["xargs"] = ["-a", "-d", "-E", "-I", "-L", "-n", "-P", "-s"], ["gosu"] = [], ["su-exec"] = [], ["corepack"] = [],
    };

    // Takes a word before the program: a duration, a user.
    static readonly HashSet<string> WithOperand = new(StringComparer.Ordinal) { "timeout", "gosu", "su-exec" };

    /// <summary>How many words stand before the program, and the variables among them.</summary>
    public static (int Length, IReadOnlyList<string> Settings) Of(IReadOnlyList<string> words)
    {
        List<string>? settings = null;
        for (var at = 0; at < words.Count;)
            if (Keywords.Contains(words[at]))
                at++;
            else if (IsSetting(words[at]))
                (settings ??= []).Add(words[at++]);
            else if (Starters.TryGetValue(words[at][(words[at].LastIndexOf('/') + 1)..], out var valued)
                && Behind(words, at, valued) is var next && next < words.Count)
                at = next;
            else
                return (at, settings ?? []);
        return (words.Count, settings ?? []);
    }

    public static bool IsSetting(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && !char.IsAsciiDigit(word[0]) && word.AsSpan(0, equals).IndexOfAnyExcept(NameCharacters) < 0;
    }

    static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    static int Behind(IReadOnlyList<string> words, int starter, string[] valued)
    {
        var at = starter + 1;
        while (at < words.Count && words[at] is ['-', ..])
            at += valued.Contains(words[at]) ? 2 : 1;
        return WithOperand.Contains(words[starter]) ? at + 1 : at;
    }
}
