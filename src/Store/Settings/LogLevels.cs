using Microsoft.Extensions.Logging;

namespace Plimsoll.Store.Settings;

/// <summary>The words of LOG_LEVEL, the same for every program.</summary>
internal static class LogLevels
{
    /// <param name="text">Null where nothing is said.</param>
    /// <exception cref="SettingsException">It is no level.</exception>
    public static LogLevel Read(string variable, string? text) => text?.ToUpperInvariant() switch
    {
        null => LogLevel.Information,
        "DEBUG" => LogLevel.Debug,
        "INFO" => LogLevel.Information,
        "WARNING" or "WARN" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        _ when !char.IsAsciiDigit(text[0]) && Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level) => level,
        _ => throw new SettingsException(variable, $"'{text}' is no level; it takes DEBUG, INFO, WARNING, ERROR, or a level of .NET"),
    };
}
