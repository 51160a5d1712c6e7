using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;

namespace Plimsoll.Api.Http;

/// <summary>The database cannot be reached: that is no fault of the request, and it may be sent again.</summary>
internal sealed class Unavailable : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is BadHttpRequestException bad)
        {
            await Problems.Of(bad.StatusCode, bad.StatusCode == 413 ? "too-large" : "bad-request",
                bad.StatusCode == 413 ? "The request is too large" : "The request cannot be understood", bad.Message).ExecuteAsync(httpContext);
            return true;
        }
        if (!IsPassing(exception))
            return false;
        httpContext.Response.Headers.RetryAfter = "5";
        await Problems.Of(503, "database-unavailable", "The database cannot be reached", "nothing was lost; send the request again").ExecuteAsync(httpContext);
        return true;
    }

    static bool IsPassing(Exception? error) => error switch
    {
        null => false,
        Npgsql.PostgresException postgres => postgres.IsTransient || postgres.SqlState.StartsWith("57P", StringComparison.Ordinal) || postgres.SqlState.StartsWith("08", StringComparison.Ordinal),
        DbException { IsTransient: true } => true,
        _ => IsPassing(error.InnerException),
    };
}
