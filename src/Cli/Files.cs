using System.CommandLine;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Engine.Files;

namespace Plimsoll.Cli;

/// <summary><c>plimsoll files</c>: the final tree, or what one layer added (+), changed (~) and removed (−).</summary>
internal static class Files
{
    public static Verb Verb()
    {
        var verb = new Verb(
            VerbGroup.Look, "files", "Browses what a container sees, or what one layer did.",
            ["plimsoll files web.tar --sort size --top 20", "plimsoll files web.tar --layer 3", "plimsoll files web.tar --path etc --format json"]);
        var source = new Source(verb, "image");
        var layer = new Option<int?>("--layer")
        {
            HelpName = "number", Description = "what this layer added (+), changed (~) and removed (-); 0 is the lowest",
        };
        var under = new Option<string?>("--path") { HelpName = "path", Description = "only what is at or below this path" };
        var sort = new Option<string?>("--sort") { HelpName = "size|path", Description = "the order; path unless said otherwise" };
        var top = new Option<int?>("--top") { HelpName = "number", Description = "only so many" };
        var format = ListingFormat.Option();
        sort.AcceptOnlyFromAmong("size", "path");
        foreach (var option in new Option[] { layer, under, sort, top, format })
            verb.Add(option);
        verb.SetAction(async (parsed, ct) =>
        {
            if (await source.Single(parsed, 0, ct) is not var (_, image))
                return ExitCode.NotInspected;
            if (parsed.GetValue(layer) is { } wanted && (wanted < 0 || wanted >= image.Layers.Count))
                return CommandLine.Say(ExitCode.Usage, $"there is no layer {wanted}: they go from 0 to {image.Layers.Count - 1}");
            var path = (parsed.GetValue(under) ?? "").Trim('/');
            var files = Chosen(image, parsed.GetValue(layer), path, bySize: parsed.GetValue(sort) == "size")
                .Take(parsed.GetValue(top) ?? int.MaxValue).ToList();
            if (files.Count == 0 && path.Length > 0)
                return CommandLine.Say(ExitCode.NotInspected, $"there is nothing at '{path}': without --path, everything is listed");
            var whole = Console.IsOutputRedirected;
            ListingFormat.Write(parsed.GetValue(format)!, screen => FileTable.Write(files, screen, whole), output => FileJson.Write(files, output));
            return ExitCode.Passed;
        });
        return verb;
    }

    static IEnumerable<FileLine> Chosen(InspectedImage image, int? layer, string under, bool bySize)
    {
        var files = (layer is { } number ? FileLine.OfLayer(image.Layers, number) : FileLine.OfTree(image.Tree)).Where(file => IsUnder(file.Path, under));
        return bySize ? files.OrderByDescending(file => file.Entry.Size).ThenBy(file => file.Path, StringComparer.Ordinal)
            : files.OrderBy(file => file.Path, StringComparer.Ordinal);
    }

    static bool IsUnder(string path, string under) =>
        under.Length == 0 || (path.StartsWith(under, StringComparison.Ordinal) && (path.Length == under.Length || path[under.Length] == '/'));
}
