using System.Text.RegularExpressions;

namespace Plimsoll.EndToEnd.Tests.Samples;

/// <summary>A page of the documentation whose commands run as they stand. Behind some of them stands what they print, between two marks.</summary>
internal sealed partial class Page(string path)
{
    string _text = File.ReadAllText(path);

    /// <summary>Its commands in their order, each with the name of its output; null: what it prints is not shown.</summary>
    public IReadOnlyList<(string Command, string? Output)> Steps =>
        [.. Step().Matches(_text).Select(step => (step.Groups["command"].Value, step.Groups["output"] is { Success: true } output ? output.Value : null))];

    /// <summary>The text that stands there for a command's output.</summary>
    public string this[string output]
    {
        get => Output(output).Match(_text) is { Success: true } shown ? shown.Groups["text"].Value : throw new InvalidOperationException($"the page shows no {output}");
        set => _text = Output(output).Replace(_text, shown => $"{shown.Groups["before"].Value}{value.TrimEnd()}\n{shown.Groups["after"].Value}");
    }

    public void Write() => File.WriteAllText(path, _text);

    static Regex Output(string name) => new($@"(?s)(?<before><!-- output: {Regex.Escape(name)} -->\n```text\n)(?<text>.*?)(?<after>```\n<!-- end of output -->)");

    [GeneratedRegex(@"(?s)```sh\n(?<command>.*?)```\n(?:\n<!-- output: (?<output>[a-z-]+) -->)?")]
    private static partial Regex Step();
}
