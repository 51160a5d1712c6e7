using Microsoft.AspNetCore.Diagnostics;
using Plimsoll.Store;
using Plimsoll.Store.Blobs;

namespace Plimsoll.Api.Http;

/// <summary>What a fault means to the caller: a request that cannot be understood, or a database or a blob store that is away, and the request may be sent again.</summary>
internal sealed partial class Faults(ILogger<Faults> log) : IExceptionHandler
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
        var away = exception is BlobStoreAwayException ? Problems.Of(503, "blob-store-unavailable", "The blob store cannot be reached", "nothing of the upload was kept; send it again")
            : DatabaseErrors.IsPassing(exception) ? Problems.Of(503, "database-unavailable", "The database cannot be reached", "nothing was lost; send the request again")
            : null;
        if (away is null)
            return false;
        // The framework says nothing of a fault that has an answer.
        Log.Away(log, httpContext.Request.Path, exception.Message);
        httpContext.Response.Headers.RetryAfter = "5";
        await away.ExecuteAsync(httpContext);
        return true;
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} was told to come again: {Reason}")]
        public static partial void Away(ILogger logger, PathString path, string reason);
    }
}
