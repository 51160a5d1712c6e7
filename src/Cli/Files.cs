using System.CommandLine;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli;

/// <summary><c>plimsoll files</c>: the final tree, or what one layer added (+), changed (~) and removed (-).</summary>
internal static class Files
{
    public static Command Verb()
    {
        var image = Source.Argument();
        var platform = Source.PlatformOption();
        var plain = Source.PlainHttpOption();
        var named = Source.ImageOption();
        var layer = new Option<int?>("--layer") { HelpName = "number", Description = "what this layer added (+), changed (~) and removed (-); 0 is the lowest" };
        var path = new Option<string>("--path") { HelpName = "prefix", Description = "only paths below this one", DefaultValueFactory = _ => "" };
        var sort = new Option<string>("--sort") { HelpName = "size|path", Description = "the order", DefaultValueFactory = _ => "path" };
        sort.AcceptOnlyFromAmong("size", "path");
        var top = new Option<int?>("--top") { HelpName = "number", Description = "only the first lines" };
        var verb = new Command("files", "Browses the final tree of an image, or one of its layers.") { image, platform, named, layer, path, sort, top, plain };
        verb.SetAction(async (parsed, ct) =>
        {
            if (await Source.Single(parsed.GetValue(image)!, parsed.GetValue(platform), parsed.GetValue(named), parsed.GetValue(plain), ct) is not var (_, inspected))
                return ExitCode.NotInspected;
            if (parsed.GetValue(layer) is { } wanted && (wanted < 0 || wanted >= inspected.Layers.Count))
                return CommandLine.Say(ExitCode.Usage, $"there is no layer {wanted}; they go from 0 to {inspected.Layers.Count - 1}");
            var prefix = parsed.GetValue(path)!.Trim('/');
            var lines = (parsed.GetValue(layer) is { } number ? FileLine.OfLayer(inspected, number) : FileLine.OfTree(inspected))
                .Where(line => prefix.Length == 0 || line.Path == prefix || line.Path.StartsWith(prefix + "/", StringComparison.Ordinal));
            lines = parsed.GetValue(sort) == "size" ? lines.OrderByDescending(line => line.Size).ThenBy(line => line.Path, StringComparer.Ordinal)
                : lines.OrderBy(line => line.Path, StringComparer.Ordinal);
            var screen = Screen.Of(Console.Out, toTerminal: true);
            foreach (var line in lines.Take(parsed.GetValue(top) ?? int.MaxValue))
                screen.Line($"{line.Mark} {line.Mode} {line.Owner,-11} {Bytes.Show(line.Size),10}  {Plain.Text(line.Path)}{(line.Target.Length > 0 ? $" -> {Plain.Text(line.Target)}" : "")}");
            return ExitCode.Passed;
        });
        return verb;
    }
}

/// <summary>One line of a listing, much as <c>ls -l</c> writes it.</summary>
/// <param name="Mark">+ added, ~ changed, - removed, a blank for the final tree.</param>
internal sealed record FileLine(char Mark, string Mode, string Owner, long Size, string Path, string Target)
{
    public static IEnumerable<FileLine> OfTree(InspectedImage image) => image.Tree.All.Select(node => Of(' ', node.Path, node.Entry));

    public static IEnumerable<FileLine> OfLayer(InspectedImage image, int number)
    {
        var before = FileTree.Of([.. image.Layers.Take(number)], Engine.Archives.Limits.Default);
        var after = FileTree.Of([.. image.Layers.Take(number + 1)], Engine.Archives.Limits.Default);
        foreach (var node in after.All.Where(node => node.Layer == number))
            yield return Of(before.FindLink(node.Path) is null ? '+' : '~', node.Path, node.Entry);
        foreach (var node in before.All)
            if (after.FindLink(node.Path) is null)
                yield return Of('-', node.Path, node.Entry);
    }

    static FileLine Of(char mark, string path, LayerEntry entry) =>
        new(mark, ModeOf(entry), $"{entry.Uid}:{entry.Gid}", entry.Size, path, entry.LinkTarget);

    static string ModeOf(LayerEntry entry)
    {
        var kind = entry.Type switch
        {
            EntryType.Directory => 'd', EntryType.SymbolicLink => 'l', EntryType.CharacterDevice => 'c', EntryType.BlockDevice => 'b', EntryType.Fifo => 'p', _ => '-',
        };
        char Bit(UnixFileMode bit, char letter) => (entry.Mode & bit) != 0 ? letter : '-';
        char Run(UnixFileMode bit, UnixFileMode special, char letter) => (entry.Mode & special) == 0 ? Bit(bit, 'x') : (entry.Mode & bit) != 0 ? letter : char.ToUpperInvariant(letter);
        return $"{kind}"
            + Bit(UnixFileMode.UserRead, 'r') + Bit(UnixFileMode.UserWrite, 'w') + Run(UnixFileMode.UserExecute, UnixFileMode.SetUser, 's')
            + Bit(UnixFileMode.GroupRead, 'r') + Bit(UnixFileMode.GroupWrite, 'w') + Run(UnixFileMode.GroupExecute, UnixFileMode.SetGroup, 's')
            + Bit(UnixFileMode.OtherRead, 'r') + Bit(UnixFileMode.OtherWrite, 'w') + Run(UnixFileMode.OtherExecute, UnixFileMode.StickyBit, 't');
    }
}
