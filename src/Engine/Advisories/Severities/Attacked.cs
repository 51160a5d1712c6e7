using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Advisories.Severities;

/// <summary>What is known to be attacked is at least high: a score says how bad an attack could be, and the catalogue (CISA KEV) that it happens.</summary>
public static class Attacked
{
    /// <param name="rated">What the records say; null where they say nothing.</param>
    /// <param name="exploited">Whether it is in the catalogue.</param>
    public static Severity? Raise(Severity? rated, bool exploited) => exploited && !(rated >= Severity.High) ? Severity.High : rated;

    /// <summary>A sentence without a full stop; null where nothing was raised.</summary>
    /// <param name="since">When it came into the catalogue; null where it did not.</param>
    internal static string? Why(Severity? rated, DateOnly? since) => since is { } day && Raise(rated, true) != rated
        ? FormattableString.Invariant($"it counts as high and not as {rated?.ToString().ToLowerInvariant() ?? "unrated"}, since it is known to be exploited (KEV, {day:yyyy-MM-dd})") : null;
}
