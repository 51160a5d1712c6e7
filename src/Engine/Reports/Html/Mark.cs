using Plimsoll.Engine.Gates;

namespace Plimsoll.Engine.Reports.Html;

/// <summary>The load line: a ring with a bar through it. Under a verdict the water stands below it (passed), at it (undecided) or above it.</summary>
internal static class Mark
{
    /// <summary>What other drawings of the page refer to; written once.</summary>
    public static void Define(HtmlWriter page)
    {
        page.Write($"""
        <svg class="defs" width="0" height="0" aria-hidden="true" focusable="false"><defs>
        <symbol id="mark" viewBox="0 0 48 48"><circle cx="24" cy="24" r="14.5" fill="none" stroke="currentColor" stroke-width="4.5"/><path d="M1 24h46" stroke="currentColor" stroke-width="4.5"/></symbol>
        <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="2.4" height="6"/></pattern>
        </defs></svg>

        """);
        // A pattern takes its colours from where it stands, not from where it is used.
        foreach (var outcome in Enum.GetNames<Outcome>())
            page.Write($"<svg class=\"defs {outcome.ToLowerInvariant()}\" width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\"><pattern id=\"sea-{outcome}\" width=\"80\" height=\"112\" patternUnits=\"userSpaceOnUse\"><path class=\"water\" d=\"M0 5q20-8 40 0t40 0V112H0z\"/><path class=\"wave\" d=\"M0 5q20-8 40 0t40 0\" fill=\"none\"/></pattern></svg>\n");
    }

    public static void Write(HtmlWriter page) => page.Write($"<svg class=\"mark\" width=\"28\" height=\"28\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#mark\"/></svg>");

    /// <summary>The mark on a hull and the water around it.</summary>
    public static void Write(Outcome outcome, HtmlWriter page)
    {
        var water = outcome switch { Outcome.Pass => 89, Outcome.Undecided => 56, _ => 30 };
        page.Write($"""
            <svg class="gauge" viewBox="8 8 112 96" width="112" height="96" aria-hidden="true" focusable="false"><use href="#mark" x="16" y="8" width="96" height="96"/></svg>
            <svg class="sea" width="100%" height="112" aria-hidden="true" focusable="false"><g transform="translate(0 {water})"><rect width="100%" height="112" fill="url(#sea-{outcome.ToString()})"/></g></svg>
            """);
    }
}
