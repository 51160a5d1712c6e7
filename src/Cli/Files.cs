using System.CommandLine;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;

namespace Plimsoll.Cli;

/// <summary><c>plimsoll files</c>: the final tree, or what one layer added (+), changed (~) and removed (−).</summary>
internal static class Files
{
    static readonly Option<int?> Layer = new("--layer") { HelpName = "number", Description = "what this layer added (+), changed (~) and removed (-); 0 is the lowest" };
    static readonly Option<string> Under = new("--path") { HelpName = "path", Description = "only what is at or below this path", DefaultValueFactory = _ => "" };
    static readonly Option<string> Sort = new("--sort") { HelpName = "size|path", Description = "the order; path unless said otherwise", DefaultValueFactory = _ => "path" };
    static readonly Option<int?> Top = new("--top") { HelpName = "number", Description = "only so many" };
    static readonly Option<string> Format = new("--format") { HelpName = "terminal|json", Description = "the form of the answer", DefaultValueFactory = _ => "terminal" };

    public static Verb Verb()
    {
        var image = Source.Argument();
        var platform = Source.PlatformOption();
        var named = Source.ImageOption();
        Sort.AcceptOnlyFromAmong("size", "path");
        Format.AcceptOnlyFromAmong("terminal", "json");
        var verb = new Verb(
            VerbGroup.Look, "files", "Browses what a container sees, or what one layer did.",
            ["plimsoll files web.tar --sort size --top 20", "plimsoll files web.tar --layer 3", "plimsoll files web.tar --path etc --format json"])
        {
            image, platform, named, Layer, Under, Sort, Top, Format,
        };
        verb.SetAction(async (parsed, ct) => await Source.Single(parsed.GetValue(image)!, parsed.GetValue(platform), parsed.GetValue(named), ct) is var (_, inspected)
            ? List(inspected, parsed) : ExitCode.NotInspected);
        return verb;
    }

    static int List(InspectedImage image, ParseResult parsed)
    {
        if (parsed.GetValue(Layer) is { } wanted && (wanted < 0 || wanted >= image.Layers.Count))
            return CommandLine.Say(ExitCode.Usage, $"there is no layer {wanted}: they go from 0 to {image.Layers.Count - 1}");
        var under = parsed.GetValue(Under)!.Trim('/');
        var files = (parsed.GetValue(Layer) is { } number ? FileLine.OfLayer(image, number) : FileLine.OfTree(image)).Where(file => IsUnder(file.Path, under)).ToList();
        if (files.Count == 0 && under.Length > 0)
            return CommandLine.Say(ExitCode.NotInspected, $"there is nothing at '{under}': 'plimsoll files' without --path lists everything");
        IEnumerable<FileLine> ordered = parsed.GetValue(Sort) == "size"
            ? files.OrderByDescending(file => file.Entry.Size).ThenBy(file => file.Path, StringComparer.Ordinal) : files.OrderBy(file => file.Path, StringComparer.Ordinal);
        ordered = ordered.Take(parsed.GetValue(Top) ?? int.MaxValue);
        if (parsed.GetValue(Format) == "json")
        {
            using var output = Console.OpenStandardOutput();
            FileJson.Write(ordered, output);
            return ExitCode.Passed;
        }
        using var screen = Screen.OnStandardOutput();
        FileTable.Write(ordered, screen, whole: Console.IsOutputRedirected);
        return ExitCode.Passed;
    }

    static bool IsUnder(string path, string under) =>
        under.Length == 0 || (path.StartsWith(under, StringComparison.Ordinal) && (path.Length == under.Length || path[under.Length] == '/'));
}
