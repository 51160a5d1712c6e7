namespace Plimsoll.Engine.Packages;

/// <summary>The lines of a text one at a time: a file of nothing but line feeds must not become a list of them. Only <c>\n</c> ends a line.</summary>
internal static class TextLines
{
    public static IEnumerable<string> Of(string text)
    {
        for (var at = 0; at <= text.Length;)
        {
            var end = text.IndexOf('\n', at);
            if (end < 0)
                end = text.Length;
            yield return text[at..end];
            at = end + 1;
        }
    }
}
