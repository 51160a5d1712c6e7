using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli;

/// <summary><c>plimsoll layers</c>: each layer with what it added, replaced and removed.</summary>
internal static class Layers
{
    public static Verb Verb()
    {
        var image = Source.Argument();
        var platform = Source.PlatformOption();
        var named = Source.ImageOption();
        var verb = new Verb(VerbGroup.Look, "layers", "Shows each layer: its command, its size, what it added, replaced and removed.", ["plimsoll layers web.tar"])
        {
            image, platform, named,
        };
        verb.SetAction(async (parsed, ct) =>
        {
            if (await Source.Single(parsed.GetValue(image)!, parsed.GetValue(platform), parsed.GetValue(named), ct) is not var (report, _))
                return ExitCode.NotInspected;
            using var screen = Screen.OnStandardOutput();
            LayerTable.Write(report, screen);
            return ExitCode.Passed;
        });
        return verb;
    }
}
