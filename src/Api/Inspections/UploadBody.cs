using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Plimsoll.Api.Inspections;

/// <summary>An upload may be as large as an image is.</summary>
internal sealed class UploadLimit : IRequestSizeLimitMetadata
{
    /// <summary>64 GiB, what the engine reads of one image at most.</summary>
    public long? MaxRequestBodySize => 64L << 30;

    /// <summary>Whether a body of JSON is an upload too, and no request that names one.</summary>
    public bool TakesJson { get; init; }
}

/// <summary>The archive in a request: the raw body, or the first file of a form. Nothing is buffered.</summary>
internal static class UploadBody
{
    /// <summary>Null for a form without a file.</summary>
    public static async Task<Stream?> Open(HttpRequest request, CancellationToken ct)
    {
        // The body comes as fast as it comes; a connection that stalls is ended by the server's least rate.
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return request.Body;
        if (HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
            throw new BadHttpRequestException("the form has no boundary");
        var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 16 << 10 };
        try
        {
            while (await reader.ReadNextSectionAsync(ct) is { } section)
                if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) && disposition.IsFileDisposition())
                    return section.Body;
            return null;
        }
        catch (Exception e) when (e is InvalidDataException || e is IOException and not BadHttpRequestException)
        {
            throw new BadHttpRequestException("the form is cut short or malformed", e);
        }
    }
}
