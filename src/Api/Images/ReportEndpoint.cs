using Plimsoll.Api.Http;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Reports.Html;
using Plimsoll.Store.Images;

namespace Plimsoll.Api.Images;

/// <summary>The report of an image in the form that the caller wants.</summary>
internal static class ReportEndpoint
{
    // Framed by nobody, and of no origin: what stands in it came with an image.
    static readonly string PagePolicy = $"{HtmlFormat.Policy}; frame-ancestors 'none'; sandbox allow-scripts";

    public static void MapReport(this RouteGroupBuilder images) => images.MapGet("/{digest}/report", Get)
        .Produces<ImageReport>(200, "application/json", [.. ReportFormats.All.Skip(1).Select(format => format.Type)])
        .Produces(304).ProducesProblem(404).ProducesProblem(406)
        .WithSummary("The report, as JSON or in a form of others: ?format=, or else Accept, chooses");

    static async Task<IResult> Get(string digest, HttpContext http, ReportReader reports, CancellationToken ct, string? format = null)
    {
        if (ReportFormats.All.Wanted(format, http.Request) is not { } wanted)
            return Problems.NotAcceptable(ReportFormats.All.Names());
        if (await reports.Find(digest, ct) is not { } stored)
            return Problems.ImageNotFound(digest);
        return wanted.Name == ReportFormats.Json ? new StoredJson(stored) : Written(wanted, stored);
    }

    static Representation Written(Format<Report> format, StoredReport stored)
    {
        using var bytes = new MemoryStream();
        format.Write(new Report([stored.Read()], []), bytes);
        return new Representation(bytes.ToArray(), format.Type, format.Name == "html" ? PagePolicy : null);
    }
}
