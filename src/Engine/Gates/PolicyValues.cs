using System.Globalization;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Gates;

/// <summary>The words that a policy's values are written in. Null: not such a word.</summary>
internal static class PolicyValues
{
    static readonly (string Suffix, long Factor)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("KB", 1_000), ("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("B", 1), ("", 1),
    ];

    public const string BytesTakes = "bytes such as 250MiB, 1.5GiB or 20000000";
    public const string SeverityTakes = "info, low, medium, high, critical or never";
    public const string SecretsTakes = "any, never, or a severity (info, low, medium, high, critical)";
    public const string ShareTakes = "a share such as 0.95 or 95%";
    public const string AgeTakes = "an age such as 7d, 12h or 30m";
    public const string DataTakes = "undecided, pass or fail";

    public static long? Bytes(string text)
    {
        var (suffix, factor) = Units.First(unit => text.EndsWith(unit.Suffix, StringComparison.Ordinal));
        return Number(text[..^suffix.Length].TrimEnd()) is { } number && number * factor < long.MaxValue ? (long)(number * factor) : null;
    }

    public static int? Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    public static double? Share(string text)
    {
        var share = text.EndsWith('%') ? Number(text[..^1]) / 100 : Number(text);
        return share is >= 0 and <= 1 ? share : null;
    }

    public static TimeSpan? Age(string text) => text.Length < 2 || Number(text[..^1]) is not { } number || number > 100_000 ? null : text[^1] switch
    {
        'd' => TimeSpan.FromDays(number),
        'h' => TimeSpan.FromHours(number),
        'm' => TimeSpan.FromMinutes(number),
        _ => null,
    };

    public static bool? Flag(string text) => text switch { "true" => true, "false" => false, _ => null };

    /// <summary>A severity; <c>never</c> is one that nothing reaches.</summary>
    public static Severity? FailOn(string text) => text == "never" ? (Severity)int.MaxValue : SeverityOf(text);

    public static Severity? SecretsFailOn(string text) => text == "any" ? Severity.Info : FailOn(text);

    public static Outcome? WhenNoData(string text) => text switch { "undecided" => Outcome.Undecided, "pass" => Outcome.Pass, "fail" => Outcome.Fail, _ => null };

    public static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    static Severity? SeverityOf(string text) => text switch
    {
        "info" => Severity.Info, "low" => Severity.Low, "medium" => Severity.Medium, "high" => Severity.High, "critical" => Severity.Critical, _ => null,
    };

    static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
