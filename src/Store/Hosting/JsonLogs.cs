using Microsoft.Extensions.Logging;

namespace Plimsoll.Store.Hosting;

/// <summary>Logs as one JSON object a line, with the trace that each belongs to: no text of an image or a request can end a line.</summary>
internal static class JsonLogs
{
    public static void AddJsonLogs(this ILoggingBuilder logging, LogLevel level)
    {
        logging.ClearProviders().SetMinimumLevel(level)
            .AddFilter("Microsoft", level > LogLevel.Debug ? LogLevel.Warning : LogLevel.Information)
            .AddFilter("Quartz", level > LogLevel.Debug ? LogLevel.Warning : LogLevel.Information)
            // Nothing is protected with it: tokens are hashes, and there are no cookies.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            // What fails there is an exception too, and that one is handled or logged where it ends.
            .AddFilter("Microsoft.EntityFrameworkCore.Database", LogLevel.None).AddFilter("Microsoft.EntityFrameworkCore.Query", LogLevel.None).AddFilter("Microsoft.EntityFrameworkCore.Update", LogLevel.None)
            .AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ"));
        logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
    }
}
