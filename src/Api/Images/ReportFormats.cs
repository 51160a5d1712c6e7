using System.Text;
using Plimsoll.Api.Http;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Reports.CycloneDx;
using Plimsoll.Engine.Reports.GitLab;
using Plimsoll.Engine.Reports.Html;
using Plimsoll.Engine.Reports.JUnit;
using Plimsoll.Engine.Reports.Sarif;
using Plimsoll.Engine.Reports.Spdx;

namespace Plimsoll.Api.Images;

/// <summary>The forms of a report, under the names that the CLI has for them.</summary>
internal static class ReportFormats
{
    /// <summary>JSON goes out as it is stored.</summary>
    public const string Json = "json";

    /// <summary>The types of CycloneDX, SPDX and SARIF are registered with IANA; JUnit and GitLab have none that is.</summary>
    public static IReadOnlyList<Format<Report>> All { get; } =
    [
        new(Json, "application/json", JsonFormat.Write),
        new("cyclonedx", "application/vnd.cyclonedx+json; version=1.6", CycloneDxFormat.Write),
        new("spdx", "application/spdx+json", SpdxFormat.Write),
        new("sarif", "application/sarif+json", SarifFormat.Write),
        new("gitlab", "application/vnd.gitlab.container-scanning+json", GitLabFormat.Write),
        new("junit", "application/junit+xml", JUnitFormat.Write, "application/xml", "text/xml"),
        new("markdown", "text/markdown; charset=utf-8", Markdown, "text/markdown"),
        new("html", "text/html; charset=utf-8", HtmlFormat.Write, "text/html"),
    ];

    static void Markdown(Report report, Stream output)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        MarkdownFormat.Write(report, text);
    }
}
