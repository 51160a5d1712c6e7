namespace Plimsoll.Engine.Reports.Html;

/// <summary>What could not be inspected, why, and what to do.</summary>
internal static class FailuresPart
{
    public static void Write(IReadOnlyList<Failure> failures, HtmlWriter page)
    {
        if (failures.Count == 0)
            return;
        page.Write($"<section id=\"failures\">\n<h2>Not inspected</h2>\n<dl class=\"failures\">\n");
        foreach (var failure in failures)
        {
            page.Write($"<dt>{failure.Image}</dt><dd>{failure.Reason}");
            if (failure.Remedy is { } remedy)
                page.Write($"<p class=\"advice\">{remedy}</p>");
            page.Write($"</dd>\n");
        }
        page.Write($"</dl>\n</section>\n");
    }
}
