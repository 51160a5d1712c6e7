using Plimsoll.Client;
using Plimsoll.Engine.Gates;

namespace Plimsoll.Cli.Terminal;

/// <summary>A server's verdict: each platform with its rules, and what to do where nothing is known.</summary>
internal static class VerdictPage
{
    public static void Write(VerdictBody body, Screen screen)
    {
        foreach (var (platform, number) in body.Platforms.Select((platform, number) => (platform, number)))
        {
            if (number > 0)
                screen.Write();
            Title(Enum.Parse<Outcome>(platform.Outcome), body.Image == platform.Digest ? platform.Digest[..Math.Min(19, platform.Digest.Length)] : body.Image, platform.Platform, screen);
            screen.Write(platform.Digest, Tone.Dim);
            VerdictPart.Write(new Verdict(body.Policy, platform.Rules, platform.Exemptions), screen, alone: true);
        }
        if (body.Platforms.Any(platform => platform.Outcome == body.Outcome))
            return;
        // Undecided although none of those that are known is: some are not known.
        if (body.Platforms.Count > 0)
            screen.Write();
        Title(Outcome.Undecided, body.Image, body.Platforms.Count > 0 ? "of other platforms" : "", screen);
        screen.Wrapped(Why(body.Reason), 2);
        if (Remedy(body) is { } remedy)
            screen.Advice(remedy, 2);
    }

    static void Title(Outcome outcome, string image, string platform, Screen screen)
    {
        var line = new Line().Add($" {outcome.ToString().ToUpperInvariant()} ", Tone.Badge(outcome)).Add(" ");
        screen.Write(line.Add(screen.Middle(image, screen.Width - line.Cells - platform.Length - 2), Tone.Bold).Add($"  {platform}"));
    }

    static string Why(string? reason) => reason switch
    {
        "not-inspected" => "nothing is known of it",
        "inspecting" => "it is being inspected",
        "inspection-failed" => "its inspection failed",
        null => "the server does not say why",
        _ => reason.Replace('-', ' '),
    };

    static string? Remedy(VerdictBody body) => body.Reason switch
    {
        "not-inspected" => $"plimsoll submit {body.Image} --wait",
        "inspecting" => "ask again when it has ended: plimsoll wait ID",
        "inspection-failed" => "plimsoll submit IMAGE --wait tells why",
        _ => null,
    };
}
