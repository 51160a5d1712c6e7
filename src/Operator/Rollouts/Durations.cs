using System.Globalization;

namespace Plimsoll.Operator.Rollouts;

/// <summary>Durations as Kubernetes writes them: numbers with <c>h</c>, <c>m</c> or <c>s</c>, such as <c>1h30m</c>.</summary>
internal static class Durations
{
    public const string Pattern = "^([0-9]{1,6}[hms])+$";

    /// <summary>The shorter of both; null is never.</summary>
    public static TimeSpan Sooner(TimeSpan one, TimeSpan? other) => other < one ? other.Value : one;

    /// <summary>Null for what is no duration.</summary>
    public static TimeSpan? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var (sum, start) = (TimeSpan.Zero, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
                continue;
            if (i == start || i - start > 6)
                return null;
            var number = int.Parse(text.AsSpan(start, i - start), NumberStyles.None, CultureInfo.InvariantCulture);
            TimeSpan? unit = text[i] switch { 'h' => TimeSpan.FromHours(1), 'm' => TimeSpan.FromMinutes(1), 's' => TimeSpan.FromSeconds(1), _ => null };
            if (unit is null)
                return null;
            (sum, start) = (sum + unit.Value * number, i + 1);
        }
        return start == text.Length ? sum : null;
    }
}
