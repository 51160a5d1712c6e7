using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Dockerfiles.Attribution;

/// <summary>
/// The words of an instruction, without quotes, brackets and flags, so that one of a Dockerfile and one of a history can be held together: builders
/// join lines, write lists in their own way, replace variables, and the classic builder names a copy by its content.
/// </summary>
/// <param name="IsDestination">Whether the words are no more than where a copy goes.</param>
internal sealed record StepWords(string Verb, IReadOnlyList<string> Words, bool IsDestination = false)
{
    /// <summary>What tells one command from another is within so many.</summary>
    const int Most = 300;

    /// <summary>How many of the words they have in common, from 0 to 1; below 0 where they are two kinds of instruction.</summary>
    public double Likeness(StepWords other)
    {
        if (Verb != other.Verb)
            return -1;
        if (IsDestination || other.IsDestination)
            return Words.Count > 0 && other.Words.Count > 0 && Words[^1] == other.Words[^1] ? 1 : 0;
        if (Words.Count + other.Words.Count == 0)
            return 1;
        var (i, j, same) = (0, 0, 0);
        var (left, right) = (Sorted, other.Sorted);
        while (i < left.Length && j < right.Length)
            switch (string.CompareOrdinal(left[i], right[j]))
            {
                case 0:
                    (i, j, same) = (i + 1, j + 1, same + 1);
                    break;
                case < 0:
                    i++;
                    break;
                default:
                    j++;
                    break;
            }
        return 2.0 * same / (left.Length + right.Length);
    }

    string[] Sorted => field ??= [.. Words.Order(StringComparer.Ordinal)];

    public static StepWords Of(HistoryStep step)
    {
        // The classic builder writes a RUN in exec form as its words and nothing else.
        var (verb, text) = (step.Instruction.Verb is { Length: > 0 } known ? known : "RUN", step.Instruction.Arguments);
        if (verb is not ("COPY" or "ADD"))
            return new(verb, Split(text));
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SkipWhile(word => word.StartsWith("--", StringComparison.Ordinal)).ToList();
        // "file:0123… in /app/"
        return words is [var content, "in", ..] && content.Contains(':', StringComparison.Ordinal)
            && content.Split(':')[0] is "file" or "dir" or "multi"
            ? new(verb, Split(string.Join(' ', words.Skip(2))), IsDestination: true) : new(verb, Split(string.Join(' ', words)));
    }

    /// <param name="scope">The variables before the step.</param>
    public static StepWords Of(BuildStep step, VariableScope scope) => new(step.Source.Name, Split(step switch
    {
        RunStep run => string.Join(' ', [Text(run.Command), .. run.Command.Documents.Select(document => document.Content)]),
        CmdStep cmd => Text(cmd.Command),
        EntrypointStep entrypoint => Text(entrypoint.Command),
        CopyStep copy => string.Join(' ', [.. copy.Sources.Append(copy.Destination).Select(word => Expanded(word, scope))]),
        EnvStep env => Pairs(env.Values, scope),
        LabelStep label => Pairs(label.Values, scope),
        TextStep text => Expanded(text.Value, scope),
        ListStep list => string.Join(' ', list.Values.Select(word => Expanded(word, scope))),
        _ => step.Source.Arguments.Text,
    }));

    static string Text(StepCommand command) => command.Words is { } words ? string.Join(' ', words) : command.Text.Text;

    static string Pairs(IEnumerable<NamedValue> pairs, VariableScope scope) =>
        string.Join(' ', pairs.Select(pair => $"{pair.Name} {Expanded(pair.Value!, scope)}"));

    static string Expanded(PlacedText word, VariableScope scope)
    {
        try
        {
            return scope.Expand(word);
        }
        catch (DockerfileSyntaxException)
        {
            return word.Text;
        }
    }

    static List<string> Split(string text)
    {
        var words = new List<string>();
        for (var at = 0; at < text.Length && words.Count < Most;)
        {
            var end = at;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '-' or '.' or '/' or ':' or '@' or '+' or '$' or '*'))
                end++;
            if (end > at)
                words.Add(text[at..end]);
            at = end + 1;
        }
        return words;
    }
}
