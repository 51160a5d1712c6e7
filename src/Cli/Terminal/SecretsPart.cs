using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Terminal;

/// <summary>
/// The secrets in files, one entry for each kind, the most severe first. Those of the environment and the history are among the findings.
/// </summary>
internal static class SecretsPart
{
    const int Kinds = 10;
    const int Places = 3;
    const int Indent = 12;

    public static void Write(ImageReport image, Screen screen)
    {
        var secrets = image.Secrets.Where(secret => secret.Path is not null).ToList();
        screen.Heading("Secrets in files", Summary(secrets, screen));
        var kinds = secrets.GroupBy(secret => (secret.Severity, secret.Rule, secret.Title))
            .OrderByDescending(kind => kind.Key.Severity).ThenByDescending(kind => kind.Count()).ThenBy(kind => kind.Key.Rule, StringComparer.Ordinal).ToList();
        // On a narrow screen the titles need the room.
        var width = screen.Width < 100 ? 0 : kinds.Take(Kinds).Select(kind => kind.Key.Rule.Length).DefaultIfEmpty(0).Max();
        foreach (var kind in kinds.Take(Kinds))
            Kind([.. kind], width, screen);
        if (kinds.Skip(Kinds).Sum(kind => kind.Count()) is var more and > 0)
            screen.Write(new Line().To(Indent).Add($"and {more} more of {TerminalReport.Count(kinds.Count - Kinds, "other kind")}", Tone.Dim));
        if (secrets.Exists(secret => secret.Severity > Severity.Low))
            screen.Advice("Keep them out of the build, and change them: a layer that deletes a file does not take it out of the image", Indent);
    }

    static void Kind(List<SecretReport> secrets, int width, Screen screen)
    {
        var first = secrets[0];
        var line = new Line().Add("  ").Add(first.Severity).To(Indent).Add(first.Rule, Tone.Bold).Add("  ").To(Indent + width + 2);
        var count = secrets.Count > 1 ? $" {screen.Glyphs.Times}{secrets.Count}" : "";
        screen.Write(line.Add(screen.Middle(first.Title, screen.Width - line.Cells - count.Length)).Add(count, Tone.Dim));
        var shown = first.Severity > Severity.Low ? Places : 1;
        foreach (var secret in secrets.Take(shown))
            Place(secret, screen);
        if (secrets.Count > shown)
            screen.Write(new Line().To(Indent).Add($"and {secrets.Count - shown} more", Tone.Dim));
    }

    static void Place(SecretReport secret, Screen screen)
    {
        var line = new Line().To(Indent).Add($"#{secret.Layer} ", Tone.Dim);
        var gone = secret.RemovedIn is { } by ? $"  hidden by #{by}" : "";
        // Where it stands is worth more than the value: a path is cut in its middle, its line never.
        var end = $"{(secret.Line is { } number ? $":{number}" : "")} = {secret.Masked}";
        screen.Write(line.Add(screen.Path(secret.Path!, screen.Width - line.Cells - end.Length - gone.Length), Tone.Dim).Add(end, Tone.Dim).Add(gone, Tone.Warn));
    }

    static Line Summary(List<SecretReport> secrets, Screen screen)
    {
        var line = new Line();
        foreach (var severity in secrets.GroupBy(secret => secret.Severity).OrderByDescending(group => group.Key))
            line.Add(line.Cells > 0 ? $" {screen.Glyphs.Dot} " : "", Tone.Dim)
                .Add($"{severity.Count()} {severity.Key.ToString().ToLowerInvariant()}", Tone.Of(severity.Key));
        return line.Cells > 0 ? line : line.Add("none", Tone.Good);
    }
}
