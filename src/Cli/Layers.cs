using System.CommandLine;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli;

/// <summary><c>plimsoll layers</c>: each layer with what it added, replaced and removed.</summary>
internal static class Layers
{
    public static Command Verb()
    {
        var image = Source.Argument();
        var platform = Source.PlatformOption();
        var plain = Source.PlainHttpOption();
        var named = Source.ImageOption();
        var verb = new Command("layers", "Shows each layer: its command, its size, what it added, replaced and removed.") { image, platform, named, plain };
        verb.SetAction(async (parsed, ct) =>
        {
            if (await Source.Single(parsed.GetValue(image)!, parsed.GetValue(platform), parsed.GetValue(named), parsed.GetValue(plain), ct) is not var (report, _))
                return ExitCode.NotInspected;
            var screen = Screen.Of(Console.Out, toTerminal: true);
            screen.Line(screen.Dim($"{"#",3}  {"digest",-12}  {"size",10}  {"added",10}  {"replaced",10}  {"removed",10}  {"files",7}  command"));
            foreach (var (layer, number) in report.Layers.Select((layer, number) => (layer, number)))
                screen.Line($"{number,3}  {layer.DiffId.Short,-12}  {Bytes.Show(layer.Size),10}  {Bytes.Show(layer.Added),10}  {Bytes.Show(layer.Overwritten),10}  "
                    + $"{Bytes.Show(layer.Removed),10}  {layer.Files,7}  {Plain.Middle(Plain.Command(layer.Command), screen.Width - 80)}");
            return ExitCode.Passed;
        });
        return verb;
    }
}
