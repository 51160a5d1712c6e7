using System.Text.RegularExpressions;

namespace Plimsoll.EndToEnd.Tests.Samples;

/// <summary>A page of the documentation whose commands run as they stand. Behind some of them stands what they print, between two marks.</summary>
internal sealed partial class Page(string path)
{
    string _text = File.ReadAllText(path);

    /// <summary>Its commands in their order, each with the name of its output; null: what it prints is not shown.</summary>
    public IReadOnlyList<(string Command, string? Output)> Steps =>
        [.. Step().Matches(_text).Select(step => (step.Groups["command"].Value, step.Groups["output"] is { Success: true } output ? output.Value : null))];

    /// <summary>What stands there for a command's output from now on.</summary>
    public void Show(string output, string text) => _text = Regex.Replace(_text, $@"(?s)(?<=<!-- output: {Regex.Escape(output)} -->\n```text\n).*?(?=```\n<!-- end of output -->)", _ => text.TrimEnd() + "\n");

    public void Write() => File.WriteAllText(path, _text);

    [GeneratedRegex(@"(?s)```sh\n(?<command>.*?)```\n(?:\n<!-- output: (?<output>[a-z-]+) -->)?")]
    private static partial Regex Step();
}
