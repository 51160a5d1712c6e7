using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Plimsoll.Api.Http;

/// <summary>
/// One form of something that has several, with a tag that tells its bytes from others (RFC 9110, 8.8.3): who has them already is told so. Nobody
/// but the caller may keep them, and even the caller asks again each time.
/// </summary>
internal sealed class Representation(byte[] bytes, string type, string? policy = null) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (IsKnown(httpContext, Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16)), "Accept"))
            return Task.CompletedTask;
        var response = httpContext.Response;
        (response.ContentType, response.ContentLength) = (type, bytes.Length);
        if (policy is not null)
            response.Headers.ContentSecurityPolicy = policy;
        return response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
    }

    /// <summary>Writes the headers of a form that can be asked for again; true when the caller has the bytes and is told so.</summary>
    /// <param name="vary">The headers of the request that the form depends on.</param>
    public static bool IsKnown(HttpContext http, string hash, string vary)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "private, no-cache";
        headers.Vary = vary;
        headers.ETag = $"\"{hash}\"";
        if (StringValues.IsNullOrEmpty(http.Request.Headers.IfNoneMatch) || !http.Request.GetTypedHeaders().IfNoneMatch.Any(tag => tag == EntityTagHeaderValue.Any || tag.Tag == headers.ETag.ToString()))
            return false;
        http.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }
}
