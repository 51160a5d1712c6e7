using Microsoft.Net.Http.Headers;
using Plimsoll.Engine.Reports;
using Plimsoll.Store.Images;
using ZstdSharp;

namespace Plimsoll.Api.Images;

/// <summary>A form that a report can be had in, by content negotiation or by <c>?format=</c>.</summary>
internal sealed record ReportForm(string Name, string Type, Action<Report, Stream>? Write)
{
    static readonly ReportForm[] All =
    [
        new("json", "application/json", null),
        new("markdown", "text/markdown", (report, output) =>
        {
            using var text = new StreamWriter(output, leaveOpen: true) { NewLine = "\n" };
            MarkdownFormat.Write(report, text);
        }),
    ];

    public static IEnumerable<string> Types => All.Select(form => form.Type);

    /// <summary>Null when the caller takes none of them.</summary>
    public static ReportForm? Wanted(HttpRequest request)
    {
        if (request.Query["format"].ToString() is { Length: > 0 } name)
            return All.FirstOrDefault(form => form.Name == name);
        if (request.GetTypedHeaders().Accept is not { Count: > 0 } accepted)
            return All[0];
        return accepted.OrderByDescending(type => type.Quality ?? 1).Select(type => All.FirstOrDefault(form => new MediaTypeHeaderValue(form.Type).IsSubsetOf(type))).FirstOrDefault(form => form is not null);
    }

    /// <param name="packed">As <see cref="ReportBytes"/> writes it. JSON goes out as it was stored.</param>
    public IResult Result(byte[] packed) => Write is null
        ? TypedResults.Stream(new DecompressionStream(new MemoryStream(packed)), Type)
        : TypedResults.Stream(output =>
        {
            using var whole = new MemoryStream();
            Write(new Report([ReportBytes.Unpack(packed)], []), whole);
            whole.Position = 0;
            return whole.CopyToAsync(output);
        }, Type);
}
