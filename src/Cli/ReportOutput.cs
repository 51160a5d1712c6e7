using System.CommandLine;
using System.Text;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Reports.CycloneDx;
using Plimsoll.Engine.Reports.GitLab;
using Plimsoll.Engine.Reports.Html;
using Plimsoll.Engine.Reports.JUnit;
using Plimsoll.Engine.Reports.Sarif;
using Plimsoll.Engine.Reports.Spdx;

namespace Plimsoll.Cli;

/// <summary>Where a report goes: <c>FORMAT</c> to standard output, <c>FORMAT=FILE</c> into a file that is there whole or not at all.</summary>
internal static class ReportOutput
{
    static readonly OrderedDictionary<string, Action<Report, Stream>> Formats = new()
    {
        ["terminal"] = (report, output) => OnScreen(output, screen => TerminalReport.Write(report, screen)),
        ["json"] = JsonFormat.Write,
        ["markdown"] = Markdown,
        ["cyclonedx"] = CycloneDxFormat.Write,
        ["spdx"] = SpdxFormat.Write,
        ["sarif"] = SarifFormat.Write,
        ["junit"] = JUnitFormat.Write,
        ["gitlab"] = GitLabFormat.Write,
        ["html"] = HtmlFormat.Write,
    };

    /// <summary>Every format there is; <c>terminal</c> unless the caller says another.</summary>
    public static Option<string[]> Option() => Option([.. Formats.Keys]);

    /// <param name="formats">Those that the verb offers. The first is the one that it writes unless the caller says another.</param>
    public static Option<string[]> Option(params IReadOnlyList<string> formats)
    {
        var option = new Option<string[]>("--format")
        {
            HelpName = "format[=file]",
            Description = $"{string.Join(", ", formats)}; with =FILE into a file; may be given several times",
            DefaultValueFactory = _ => [formats[0]],
        };
        option.CompletionSources.Add([.. formats]);
        option.Validators.Add(result => Validate(result.Tokens.Select(token => token.Value), formats, result.AddError));
        return option;
    }

    static void Validate(IEnumerable<string> wanted, IReadOnlyList<string> formats, Action<string> error)
    {
        var all = wanted.Select(Split).ToList();
        foreach (var (format, _) in all)
            if (!formats.Contains(format))
                error($"there is no format '{format}'; there are {string.Join(", ", formats)}");
        if (all.FirstOrDefault(one => one.File is "").Format is { } unfinished)
            error($"'{unfinished}=' wants a file, as in --format {unfinished}=report.out");
        if (all.Count(one => one.File is null) > 1)
            error("only one format can go to standard output; give the others a file, as in --format json=report.json");
    }

    /// <param name="terminal">How it is shown to people; null: as a report of an image.</param>
    public static void Write(Report report, IEnumerable<string> wanted, Action<Report, Screen>? terminal = null)
    {
        Write(wanted, format => format == "terminal" ? output => OnScreen(output, screen => (terminal ?? TerminalReport.Write)(report, screen)) : output => Formats[format](report, output));
    }

    /// <summary>Writes each format that is wanted to where it is wanted.</summary>
    public static void Write(IEnumerable<string> wanted, Func<string, Action<Stream>> formats)
    {
        foreach (var (format, file) in wanted.Select(Split))
            if (file is null)
            {
                using var output = Console.OpenStandardOutput();
                formats(format)(output);
            }
            else
                WholeFile.Write(file, formats(format));
    }

    /// <summary>Only standard output can be a terminal, whose width and colours count.</summary>
    public static void OnScreen(Stream output, Action<Screen> write)
    {
        using var screen = output is FileStream ? Screen.On(output) : Screen.OnStandardOutput();
        write(screen);
    }

    static void Markdown(Report report, Stream output)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(false)) { NewLine = "\n" };
        MarkdownFormat.Write(report, text);
    }

    static (string Format, string? File) Split(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is var at and > 0 ? (text[..at], text[(at + 1)..]) : (text, null);
}
