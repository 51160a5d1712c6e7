using System.CommandLine;
using System.Globalization;

namespace Plimsoll.Cli.Server;

/// <summary><c>--timeout</c>: how long to wait.</summary>
internal static class TimeoutOption
{
    /// <summary>For an inspection.</summary>
    public static Option<TimeSpan> Create() => Create(TimeSpan.FromMinutes(30), "how long to wait, such as 90s, 30m or 2h (30m); the inspection itself goes on");

    public static Option<TimeSpan> Create(TimeSpan standard, string description) => new("--timeout")
    {
        HelpName = "time",
        Description = description,
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            if (Read(result.Tokens[0].Value) is { } time)
                return time;
            result.AddError($"'{result.Tokens[0].Value}' is not a time, such as 90s, 30m or 2h");
            return default;
        },
    };

    static TimeSpan? Read(string text) => text.Length > 1 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 86_400 ? text[^1] switch
    {
        's' => TimeSpan.FromSeconds(number),
        'm' => TimeSpan.FromMinutes(number),
        'h' => TimeSpan.FromHours(number),
        _ => null,
    } : null;
}
