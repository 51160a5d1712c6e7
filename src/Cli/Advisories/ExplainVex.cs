using Plimsoll.Cli.Terminal;
using Plimsoll.Engine.Advisories.Records;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Advisories;

/// <summary>What supplier or team state of the vulnerability that is explained, and which of their statements do not hold for the image.</summary>
internal static class ExplainVex
{
    public static void Write(ImageReport image, IReadOnlyList<Advisory> records, Screen screen)
    {
        var names = records.SelectMany(record => record.Aliases.Concat(record.Upstream).Prepend(record.Id)).ToHashSet(StringComparer.Ordinal);
        var stated = (image.Vulnerabilities ?? []).Where(one => one.OtherNames.Prepend(one.Id).Any(names.Contains)).Select(one => (one.Name, one.Vex))
            .Concat((image.Advisories?.Undecided ?? []).Where(one => names.Contains(one.Id)).Select(one => (Name: one.Package, one.Vex)));
        foreach (var (package, vex) in stated)
            if (vex is not null)
                One(package, vex, screen);
    }

    static void One(string package, VexReport vex, Screen screen)
    {
        if (vex.Sentence is { } sentence)
            screen.Wrapped($"{package}: {sentence}; it is about {vex.Product}", 2, vex.SetsAside ? Tone.Good : Tone.Warn);
        foreach (var reason in vex.NotApplied)
            screen.Wrapped($"{package}: {reason}", 2, Tone.Dim);
    }
}
