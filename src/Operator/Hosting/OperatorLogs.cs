namespace Plimsoll.Operator.Hosting;

/// <summary>Logs as one JSON object a line, as the other programs write them: no text of the cluster can end a line.</summary>
internal static class OperatorLogs
{
    public static void AddJsonLogs(this ILoggingBuilder logging, LogLevel level) => logging.ClearProviders().SetMinimumLevel(level)
        .AddFilter("Microsoft", level > LogLevel.Debug ? LogLevel.Warning : LogLevel.Information)
        .AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ"));
}
