using System.Text;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Files;

/// <summary>Reads os-release(5): shell-like assignments, values with or without quotes.</summary>
internal static class OsReleaseReader
{
    /// <summary>The distribution, or null when there is no such file or it names no <c>ID</c>.</summary>
    public static OsRelease? Read(byte[]? content)
    {
        var fields = new Dictionary<string, string>();
        foreach (var line in Encoding.UTF8.GetString(content ?? []).Split('\n', StringSplitOptions.TrimEntries))
            if (line.IndexOf('=', StringComparison.Ordinal) is var at and > 0 && line[0] != '#')
                fields[line[..at]] = Unquoted(line[(at + 1)..]);
        return fields.GetValueOrDefault("ID") is { Length: > 0 } id
            ? new OsRelease(id, fields.GetValueOrDefault("VERSION_ID"), fields.GetValueOrDefault("PRETTY_NAME") ?? fields.GetValueOrDefault("NAME") ?? id)
            : null;
    }

    static string Unquoted(string value) => value is ['"', .., '"'] or ['\'', .., '\''] ? value[1..^1].Replace("\\", "", StringComparison.Ordinal) : value;
}
