using System.Text;

namespace Plimsoll.Engine.Secrets;

/// <summary>Makes texts of an image fit to be shown.</summary>
internal static class SecretMask
{
    const string Stars = "****";

    /// <summary>A value that is shorter than this may be a word of the text around it, and is masked only where it was found.</summary>
    const int Telling = 6;

    /// <summary>The text with every secret in it masked, and every other mention of the same value too.</summary>
    public static string Mask(string text)
    {
        var hits = SecretText.Find(text);
        if (hits.Count == 0)
            return text;
        var masked = new StringBuilder();
        var from = 0;
        foreach (var hit in hits)
        {
            masked.Append(text, from, hit.Start - from).Append(MaskValue(hit.Value));
            from = hit.End;
        }
        masked.Append(text, from, text.Length - from);
        foreach (var hit in hits.Where(hit => hit.Value.Length >= Telling).OrderByDescending(hit => hit.Value.Length))
            masked.Replace(hit.Value, MaskValue(hit.Value));
        return masked.ToString();
    }

    /// <summary>A command in exec form: a word may be secret for the one before it, as after <c>--password</c>.</summary>
    public static IReadOnlyList<string> MaskWords(IReadOnlyList<string> words)
    {
        var hits = SecretText.Find(string.Join(' ', words));
        return [.. words.Select(word => hits.Aggregate(Mask(word), (text, hit) =>
            text == hit.Value || hit.Value.Length >= Telling ? text.Replace(hit.Value, MaskValue(hit.Value), StringComparison.Ordinal) : text))];
    }

    /// <summary>The value of a label or a variable, which its name may make a secret.</summary>
    public static string MaskNamed(string name, string value) =>
        SecretText.FindIn(name, value).Aggregate(Mask(value), (text, hit) => text.Replace(hit.Value, MaskValue(hit.Value), StringComparison.Ordinal));

    /// <summary>A quarter of the value, at most its first four characters, and four asterisks, however long it is.</summary>
    public static string MaskValue(string value)
    {
        var shown = Math.Min(4, value.Length / 4);
        if (shown > 0 && char.IsHighSurrogate(value[shown - 1]))
            shown--;
        return value.StartsWith("-----BEGIN", StringComparison.Ordinal) ? "----" + Stars : string.Concat(value.AsSpan(0, shown), Stars);
    }
}
