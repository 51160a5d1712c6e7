using System.Text;
using Plimsoll.Engine.Dockerfiles.Rules;

namespace Plimsoll.Engine.Dockerfiles.Fixes;

/// <summary>Makes the changes that advices call safe.</summary>
public static class DockerfileFixer
{
    /// <summary>A change may stand in the way of another, which then comes in the next round.</summary>
    const int MostRounds = 10;

    /// <param name="file">One that can be read; of another nothing is changed.</param>
    public static FixedFile Fix(ReadOnlySpan<byte> file)
    {
        var hasMark = file.StartsWith(Encoding.UTF8.Preamble);
        var before = Lines(Encoding.UTF8.GetString(hasMark ? file[Encoding.UTF8.Preamble.Length..] : file));
        var made = new FixedFile(before, [.. before.Select((line, number) => new FixedLine(line, number))], 0, hasMark);
        var review = Adviser.Review(file);
        for (var round = 0; round < MostRounds; round++)
        {
            var (edits, mended) = Chosen(review.Advices);
            if (mended == 0)
                break;
            var next = made with { After = LineEdits.Apply(made.After, edits), Mended = made.Mended + mended };
            review = Adviser.Review(next.Bytes);
            // What cannot be read any more was not safe.
            if (review.Problem is not null)
                break;
            made = next;
        }
        return made;
    }

    // Of changes that touch the same words the first is made.
    static (IReadOnlyList<TextEdit> Edits, int Mended) Chosen(IReadOnlyList<Advice> advices)
    {
        var (chosen, mended) = (new SortedSet<TextEdit>(Comparer<TextEdit>.Create(Order)), 0);
        foreach (var fix in advices.Select(advice => advice.Remark.Fix).Where(fix => fix.Count > 0))
            if (!fix.Any(chosen.Contains))
            {
                chosen.UnionWith(fix);
                mended++;
            }
        return ([.. chosen], mended);
    }

    // Those that touch one another are the same to a set.
    static int Order(TextEdit left, TextEdit right) => left.End <= right.Start && left.Start < right.Start
        ? -1 : right.End <= left.Start && right.Start < left.Start ? 1 : 0;

    static List<string> Lines(string text)
    {
        var lines = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at) is >= 0 and var newline ? newline + 1 : text.Length;
            lines.Add(text[at..end]);
            at = end;
        }
        return lines;
    }
}
