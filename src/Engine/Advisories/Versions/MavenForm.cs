using System.Text;

namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>Brings a version of Maven into the form that is compared: what says nothing at the end of a list goes when the list ends.</summary>
internal sealed class MavenForm
{
    readonly StringBuilder form = new();
    bool empty = true;

    public static string Of(string text)
    {
        var (version, row) = (text.ToLowerInvariant(), new MavenForm());
        var (start, digits) = (0, false);
        for (var i = 0; i < version.Length; i++)
        {
            var isDigit = char.IsAsciiDigit(version[i]);
            if (version[i] is '.' or '-')
            {
                row.Add(version.AsSpan(start, i - start), beforeDigit: false);
                start = i + 1;
                if (version[i] is '-')
                    row.Open();
                continue;
            }
            if (isDigit != digits && i > start)
            {
                // A word before a digit stands in a list of its own: 1.0.x2 is 1.0-x-2.
                if (isDigit)
                    row.OpenUnlessEmpty();
                row.Add(version.AsSpan(start, i - start), beforeDigit: isDigit);
                row.Open();
                start = i;
            }
            digits = isDigit;
        }
        if (start < version.Length)
        {
            if (!digits)
                row.OpenUnlessEmpty();
            row.Add(version.AsSpan(start), beforeDigit: false);
        }
        return row.Close();
    }

    void Add(ReadOnlySpan<char> item, bool beforeDigit)
    {
        form.Append('.').Append(item.IsEmpty || char.IsAsciiDigit(item[0]) ? item.TrimStart('0') : MavenWords.Whole(item, beforeDigit));
        empty = false;
    }

    void OpenUnlessEmpty()
    {
        if (!empty)
            Open();
    }

    void Open()
    {
        Trim();
        form.Append('-');
        empty = true;
    }

    string Close()
    {
        Trim();
        while (form.Length > 0 && form[^1] is '-')
            form.Length--;
        return form.ToString();
    }

    // A zero, which is a dot with nothing behind it, or a word for a release.
    void Trim()
    {
        while (form.Length > 0 && (form[^1] is '.' || form[^1] == MavenWords.Nothing[0]))
            form.Length--;
    }
}
