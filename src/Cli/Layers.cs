using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli;

/// <summary><c>plimsoll layers</c>: each layer with what it added, replaced and removed.</summary>
internal static class Layers
{
    public static Verb Verb()
    {
        var verb = new Verb(
            VerbGroup.Look, "layers", "Shows each layer: its command, its size, what it added, replaced and removed.", ["plimsoll layers web.tar"]);
        var source = new Source(verb, "image");
        verb.SetAction(async (parsed, ct) =>
        {
            if (await source.Single(parsed, 0, ct) is not var (report, _))
                return ExitCode.NotInspected;
            using var screen = Screen.OnStandardOutput();
            LayerTable.Write(report, screen);
            return ExitCode.Passed;
        });
        return verb;
    }
}
