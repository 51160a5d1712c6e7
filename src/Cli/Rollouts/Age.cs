using System.Globalization;

namespace Plimsoll.Cli.Rollouts;

/// <summary>Times as people at a cluster read them.</summary>
internal static class Age
{
    /// <summary>One number and its unit, such as <c>90s</c>, <c>12m</c>, <c>30h</c> or <c>8d</c>.</summary>
    public static string Show(TimeSpan time)
    {
        var (number, unit) = time switch
        {
            { TotalMinutes: < 2 } => (time.TotalSeconds, 's'),
            { TotalHours: < 2 } => (time.TotalMinutes, 'm'),
            { TotalDays: < 2 } => (time.TotalHours, 'h'),
            _ => (time.TotalDays, 'd'),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(Math.Max(0, number)):0}{unit}");
    }

    /// <summary>Empty: nobody knows since when.</summary>
    public static string Of(DateTimeOffset? moment, DateTimeOffset now) => moment is { } then ? Show(now - then) : "";

    /// <summary>To the minute, in UTC: it is read beside logs.</summary>
    public static string Moment(DateTimeOffset moment) => moment.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
