using System.Globalization;

namespace Plimsoll.Engine.Dockerfiles.Fixes;

/// <summary>A change of a file as <c>patch -p1</c> and <c>git apply</c> take it (POSIX.1-2024, diff -u).</summary>
public static class UnifiedDiff
{
    /// <summary>Lines around a change.</summary>
    const int Context = 3;

    /// <summary>Lines without what ends them; none where nothing is changed. A carriage return of the file is part of its line.</summary>
    /// <param name="name">Of the file, with slashes.</param>
    public static IEnumerable<string> Lines(FixedFile file, string name)
    {
        if (!file.IsChanged)
            yield break;
        yield return $"--- a/{name.TrimStart('/')}";
        yield return $"+++ b/{name.TrimStart('/')}";
        var lines = Compared(file.HasMark ? Marked(file) : file);
        var (old, now) = (0, 0);
        for (var at = 0; at < lines.Count;)
        {
            var first = at;
            while (first < lines.Count && lines[first].Sign == ' ')
                first++;
            if (first == lines.Count)
                yield break;
            var start = Math.Max(at, first - Context);
            (old, now) = (old + start - at, now + start - at);
            var end = End(lines, first);
            var (removed, added) = (lines[start..end].Count(line => line.Sign != '+'), lines[start..end].Count(line => line.Sign != '-'));
            yield return $"@@ -{Range(old, removed)} +{Range(now, added)} @@";
            foreach (var (sign, text) in lines[start..end])
            {
                yield return $"{sign}{text.TrimEnd('\n')}";
                if (!text.EndsWith('\n'))
                    yield return "\\ No newline at end of file";
            }
            (old, now, at) = (old + removed, now + added, end);
        }
    }

    // The mark is the first character of the first line to whoever takes the diff.
    static FixedFile Marked(FixedFile file) => file with
    {
        Before = [$"\uFEFF{file.Before[0]}", .. file.Before.Skip(1)],
        After = [file.After[0] with { Text = $"\uFEFF{file.After[0].Text}" }, .. file.After.Skip(1)],
    };

    static string Range(int before, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? before : before + 1)}{(count == 1 ? "" : $",{count}")}");

    // Where so many lines are the same that two changes are apart.
    static int End(List<(char Sign, string Text)> lines, int first)
    {
        var last = first;
        for (var at = first; at < lines.Count && at - last <= 2 * Context; at++)
            if (lines[at].Sign != ' ')
                last = at;
        return Math.Min(lines.Count, last + 1 + Context);
    }

    static List<(char Sign, string Text)> Compared(FixedFile file)
    {
        var (lines, added, next) = (new List<(char, string)>(), new List<(char, string)>(), 0);
        foreach (var (text, origin) in file.After)
        {
            for (; next < origin; next++)
                lines.Add(('-', file.Before[next]));
            if (origin is { } at && file.Before[at] == text)
            {
                lines.AddRange(added);
                added.Clear();
                lines.Add((' ', text));
            }
            else
            {
                if (origin is { } changed)
                    lines.Add(('-', file.Before[changed]));
                added.Add(('+', text));
            }
            next = Math.Max(next, origin + 1 ?? 0);
        }
        for (; next < file.Before.Count; next++)
            lines.Add(('-', file.Before[next]));
        lines.AddRange(added);
        return lines;
    }
}
