using Plimsoll.Engine.Gates;

namespace Plimsoll.Engine.Reports.Html;

/// <summary>The load line: a ring with a bar through it. Under a verdict the water stands below it (passed), at it (undecided) or above it.</summary>
internal static class Mark
{
    /// <summary>What other drawings of the page refer to; written once.</summary>
    public static void Define(HtmlWriter page) => page.Write($"""
        <svg class="defs" width="0" height="0" aria-hidden="true" focusable="false"><defs>
        <symbol id="mark" viewBox="0 0 48 48"><circle cx="24" cy="24" r="14.5" fill="none" stroke="currentColor" stroke-width="4.5"/><path d="M1 24h46" stroke="currentColor" stroke-width="4.5"/></symbol>
        <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="2.4" height="6"/></pattern>
        </defs></svg>

        """);

    public static void Write(HtmlWriter page) => page.Write($"<svg class=\"mark\" width=\"28\" height=\"28\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#mark\"/></svg>");

    /// <summary>The mark on a hull, and how deep it lies.</summary>
    public static void Write(Outcome outcome, HtmlWriter page)
    {
        var water = outcome switch { Outcome.Pass => 84, Outcome.Undecided => 62, _ => 34 };
        page.Write($"""
            <svg class="gauge" viewBox="0 0 128 112" width="128" height="112" aria-hidden="true" focusable="false">
            <circle cx="64" cy="56" r="32" fill="none" stroke="currentColor" stroke-width="9"/><path d="M8 56h112" stroke="currentColor" stroke-width="9"/>
            <path class="water" d="M0 {water} q16 -7 32 0 t32 0 t32 0 t32 0 V112 H0z"/><path class="wave" d="M0 {water} q16 -7 32 0 t32 0 t32 0 t32 0" fill="none"/>
            </svg>
            """);
    }
}
