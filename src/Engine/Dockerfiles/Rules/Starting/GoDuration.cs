using System.Globalization;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

/// <summary>A time as Go writes it, which Docker takes: <c>1m30s</c> (pkg.go.dev/time, ParseDuration).</summary>
internal static class GoDuration
{
    /// <summary>Null where it is none, or one of years.</summary>
    public static TimeSpan? Read(string text)
    {
        var (sum, at) = (0.0, 0);
        while (at < text.Length)
        {
            var end = at;
            while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
                end++;
            var unit = end;
            while (unit < text.Length && char.IsLetter(text[unit]))
                unit++;
            if (!double.TryParse(text.AsSpan(at, end - at), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                || Seconds(text[end..unit]) is not { } seconds)
                return null;
            (sum, at) = (sum + number * seconds, unit);
        }
        return text.Length > 0 && sum < 1e9 ? TimeSpan.FromSeconds(sum) : null;
    }

    static double? Seconds(string unit) =>
        unit switch { "h" => 3600, "m" => 60, "s" => 1, "ms" => 1e-3, "us" or "µs" => 1e-6, "ns" => 1e-9, _ => null };
}
