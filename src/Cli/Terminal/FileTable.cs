using Plimsoll.Engine.Files;
using Plimsoll.Engine.Reports;
using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>A listing much as <c>ls -l</c> writes it, with a mark for what a layer did.</summary>
internal static class FileTable
{
    public static void Write(IEnumerable<FileLine> files, Screen screen, bool whole)
    {
        foreach (var file in files)
        {
            var (mark, style) = Mark(file.Change, screen);
            var line = new Line();
            if (file.Change != FileChangeKind.None)
                line.Add(mark, style).Add(" ");
            line.Add(Mode(file.Entry), Tone.Dim).Add("  ").Add($"{file.Entry.Uid}:{file.Entry.Gid}".PadRight(10), Tone.Dim);
            line.Right(file.Entry.Type == EntryType.Directory ? screen.Glyphs.Minus : Bytes.Show(file.Entry.Size), line.Cells + 11).Add("  ");
            var path = file.Entry.Type == EntryType.Directory ? file.Path + "/" : file.Path;
            var target = file.Entry.LinkTarget is { Length: > 0 } link ? $" {screen.Glyphs.Arrow} {link}" : "";
            var room = whole ? int.MaxValue : screen.Width - line.Cells;
            line.Add(screen.Path(path, room - Math.Min(target.Length, room / 2)), Of(file));
            screen.Write(line.Add(screen.Path(target, Math.Max(room / 2, room - path.Length)), Tone.Dim));
        }
    }

    static (string Mark, Style Style) Mark(FileChangeKind change, Screen screen) => change switch
    {
        FileChangeKind.Added => ("+", Tone.Good),
        FileChangeKind.Changed => ("~", Tone.Warn),
        FileChangeKind.Removed => (screen.Glyphs.Minus, Tone.Bad),
        _ => (" ", Tone.Plain),
    };

    static Style Of(FileLine file) => file.Change == FileChangeKind.Removed ? Tone.Dim
        : (file.Entry.Mode & (UnixFileMode.SetUser | UnixFileMode.SetGroup)) != 0 && file.Entry.Type == EntryType.File ? Tone.Bad
        : file.Entry.Type switch { EntryType.Directory => Tone.Accent, EntryType.SymbolicLink => Tone.Warn, _ => Tone.Plain };

    static string Mode(LayerEntry entry)
    {
        var kind = entry.Type switch
        {
            EntryType.Directory => 'd',
            EntryType.SymbolicLink => 'l',
            EntryType.CharacterDevice => 'c',
            EntryType.BlockDevice => 'b',
            EntryType.Fifo => 'p',
            _ => '-',
        };
        return $"{kind}"
            + Bit(UnixFileMode.UserRead, 'r') + Bit(UnixFileMode.UserWrite, 'w') + Run(UnixFileMode.UserExecute, UnixFileMode.SetUser, 's')
            + Bit(UnixFileMode.GroupRead, 'r') + Bit(UnixFileMode.GroupWrite, 'w') + Run(UnixFileMode.GroupExecute, UnixFileMode.SetGroup, 's')
            + Bit(UnixFileMode.OtherRead, 'r') + Bit(UnixFileMode.OtherWrite, 'w') + Run(UnixFileMode.OtherExecute, UnixFileMode.StickyBit, 't');

        char Bit(UnixFileMode bit, char letter) => (entry.Mode & bit) != 0 ? letter : '-';
        char Run(UnixFileMode bit, UnixFileMode special, char letter) =>
            (entry.Mode & special) == 0 ? Bit(bit, 'x') : (entry.Mode & bit) != 0 ? letter : char.ToUpperInvariant(letter);
    }
}
