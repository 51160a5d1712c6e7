using Microsoft.AspNetCore.Diagnostics;
using Plimsoll.Store;
using Plimsoll.Store.Blobs;

namespace Plimsoll.Api.Http;

/// <summary>What a fault means to the caller: a request that cannot be understood, or a database or a blob store that is away, and the request may be sent again.</summary>
internal sealed class Faults : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is BadHttpRequestException bad)
        {
            await Problems.Of(bad.StatusCode, bad.StatusCode == 413 ? "too-large" : "bad-request",
                bad.StatusCode == 413 ? "The request is too large" : "The request cannot be understood", bad.Message).ExecuteAsync(httpContext);
            return true;
        }
        if (DatabaseErrors.IsBadText(exception))
        {
            await Problems.BadRequest("a text in it holds a character that no name has (U+0000)").ExecuteAsync(httpContext);
            return true;
        }
        if (exception is BlobStoreAwayException)
        {
            httpContext.Response.Headers.RetryAfter = "5";
            await Problems.Of(503, "blob-store-unavailable", "The blob store cannot be reached", "nothing of the upload was kept; send it again").ExecuteAsync(httpContext);
            return true;
        }
        if (!DatabaseErrors.IsPassing(exception))
            return false;
        httpContext.Response.Headers.RetryAfter = "5";
        await Problems.Of(503, "database-unavailable", "The database cannot be reached", "nothing was lost; send the request again").ExecuteAsync(httpContext);
        return true;
    }
}
