using System.CommandLine;
using System.Text;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Reports.GitLab;
using Plimsoll.Engine.Reports.Html;
using Plimsoll.Engine.Reports.JUnit;
using Plimsoll.Engine.Reports.Sarif;

namespace Plimsoll.Cli;

/// <summary>Where a report goes: <c>FORMAT</c> to standard output, <c>FORMAT=FILE</c> into a file that is there whole or not at all.</summary>
internal static class ReportOutput
{
    static IReadOnlyList<string> Formats { get; } = ["terminal", "json", "markdown", "sarif", "junit", "gitlab", "html"];

    public static Option<string[]> Option()
    {
        var option = new Option<string[]>("--format")
        {
            HelpName = "format[=file]",
            Description = $"{string.Join(", ", Formats)}; with =FILE into a file; may be given several times",
            DefaultValueFactory = _ => ["terminal"],
        };
        option.CompletionSources.Add([.. Formats]);
        option.Validators.Add(result => Validate(result.Tokens.Select(token => token.Value), result.AddError));
        return option;
    }

    static void Validate(IEnumerable<string> wanted, Action<string> error)
    {
        var all = wanted.Select(Split).ToList();
        foreach (var (format, _) in all)
            if (!Formats.Contains(format))
                error($"there is no format '{format}'; there are {string.Join(", ", Formats)}");
        if (all.FirstOrDefault(one => one.File is "").Format is { } unfinished)
            error($"'{unfinished}=' wants a file, as in --format {unfinished}=report.out");
        if (all.Count(one => one.File is null) > 1)
            error("only one format can go to standard output; give the others a file, as in --format json=report.json");
    }

    public static void Write(Report report, IEnumerable<string> wanted)
    {
        foreach (var (format, file) in wanted.Select(Split))
            if (file is null)
            {
                using var output = Console.OpenStandardOutput();
                Write(report, format, output, isFile: false);
            }
            else
                WriteFile(report, format, file);
    }

    static void WriteFile(Report report, string format, string file)
    {
        // A device, such as /dev/null, cannot be replaced.
        if (File.Exists(file) && !IsPlain(file))
        {
            using var device = File.OpenWrite(file);
            Write(report, format, device, isFile: true);
            return;
        }
        var draft = $"{file}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var output = new FileStream(draft, FileMode.CreateNew))
                Write(report, format, output, isFile: true);
            File.Move(draft, file, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    static bool IsPlain(string file) => !Path.GetFullPath(file).StartsWith("/dev/", StringComparison.Ordinal);

    static void Write(Report report, string format, Stream output, bool isFile)
    {
        if (format == "json")
            JsonFormat.Write(report, output);
        else if (format == "sarif")
            SarifFormat.Write(report, output);
        else if (format == "junit")
            JUnitFormat.Write(report, output);
        else if (format == "gitlab")
            GitLabFormat.Write(report, output);
        else if (format == "html")
            HtmlFormat.Write(report, output);
        else if (format == "markdown")
        {
            using var text = new StreamWriter(output, new UTF8Encoding(false)) { NewLine = "\n" };
            MarkdownFormat.Write(report, text);
        }
        else
        {
            using var screen = isFile ? Screen.On(output) : Screen.OnStandardOutput();
            TerminalReport.Write(report, screen);
        }
    }

    static (string Format, string? File) Split(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is var at and > 0 ? (text[..at], text[(at + 1)..]) : (text, null);
}
