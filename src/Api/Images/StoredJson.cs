using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Plimsoll.Api.Http;
using Plimsoll.Store.Images;

namespace Plimsoll.Api.Images;

/// <summary>A report as it was stored: the very bytes for a caller that takes gzip, inflated on their way for any other.</summary>
internal sealed class StoredJson(StoredReport report) : IResult
{
    /// <summary>Bytes that are inflated before they are sent on.</summary>
    const int Chunk = 1 << 16;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var packed = TakesGzip(httpContext.Request.Headers.AcceptEncoding);
        if (Representation.IsKnown(httpContext, packed ? $"{report.Hash}-gzip" : report.Hash, "Accept, Accept-Encoding"))
            return Task.CompletedTask;
        var response = httpContext.Response;
        response.ContentType = "application/json";
        if (!packed)
            return Inflate(response, httpContext.RequestAborted);
        response.Headers.ContentEncoding = "gzip";
        response.ContentLength = report.Packed.Length;
        return response.Body.WriteAsync(report.Packed, httpContext.RequestAborted).AsTask();
    }

    async Task Inflate(HttpResponse response, CancellationToken ct)
    {
        response.ContentLength = report.PlainLength;
        await using var plain = report.Open();
        await plain.CopyToAsync(response.Body, Chunk, ct);
    }

    static bool TakesGzip(StringValues accepted)
    {
        if (StringValues.IsNullOrEmpty(accepted))
            return false;
        if (accepted.Count == 1 && accepted[0] is "gzip" or "gzip, deflate, br" or "gzip, deflate, br, zstd")
            return true;
        return StringWithQualityHeaderValue.TryParseList(accepted, out var encodings)
            && (encodings.FirstOrDefault(one => one.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase)) ?? encodings.FirstOrDefault(one => one.Value == "*")) is { } gzip && gzip.Quality is null or > 0;
    }
}
