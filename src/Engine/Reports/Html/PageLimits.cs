namespace Plimsoll.Engine.Reports.Html;

/// <summary>How much of a list a page holds, so that a browser stays quick; the JSON report holds all of it.</summary>
internal static class PageLimits
{
    public const int Files = 1000;
    public const int Duplicates = 200;
    public const int Notes = 200;
    public const int Packages = 20_000;

    /// <summary>Says how many are left out, when some are.</summary>
    public static void Rest(int count, int shown, string what, HtmlWriter page)
    {
        if (count > shown)
            page.Write($"<p class=\"rest\">and {count - shown} more {what}, which the JSON report has</p>\n");
    }
}
