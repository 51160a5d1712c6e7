using System.Globalization;
using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

/// <summary>A port of an EXPOSE, without those that a variable names.</summary>
/// <param name="Problem">Why it is none; null where it is one.</param>
internal sealed record ExposedPort(PlacedText Text, int First, string? Problem)
{
    public static IEnumerable<ExposedPort> All(ReviewedFile file) =>
        from one in file.Steps
        let list = one.Step as ListStep
        where list is { Source.Name: "EXPOSE" }
        from word in list.Values
        where !word.Text.Contains('$', StringComparison.Ordinal)
        select Read(word);

    static ExposedPort Read(PlacedText word)
    {
        var parts = word.Text.Trim('"').Split('/');
        if (parts.Length > 2 || parts.Length == 2 && parts[1].ToUpperInvariant() is not ("TCP" or "UDP" or "SCTP"))
            return new(word, 0, "has a protocol other than tcp, udp and sctp");
        var range = parts[0].Split('-');
        if (range.Length > 2 || range.Any(end => end.Length == 0 || !end.All(char.IsAsciiDigit)))
            return new(word, 0, word.Text.Contains(':', StringComparison.Ordinal)
                ? "names two ports: only that of the container belongs here" : "is no port");
        List<int> ends = [.. range.Select(end => int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : int.MaxValue)];
        return ends.Exists(end => end is < 1 or > 65535) ? new(word, 0, "is outside of 1 to 65535")
            : ends[0] > ends[^1] ? new(word, 0, "ends before it begins") : new(word, ends[0], null);
    }
}
