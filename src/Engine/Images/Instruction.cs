using System.Globalization;
using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Images;

/// <summary>
/// A line of the history read as the Dockerfile instruction that made it. Builders write it in their own ways: Docker's classic builder
/// (<c>/bin/sh -c #(nop) ENV A=b</c>, <c>|1 T=x /bin/sh -c make</c>), BuildKit (<c>RUN |1 T=x /bin/sh -c make # buildkit</c>), kaniko (as written).
/// </summary>
/// <param name="Verb">In capitals; empty when the line is no instruction, such as a build tool's own comment.</param>
/// <param name="Arguments">What follows the verb; of RUN, the script without the shell that runs it.</param>
/// <param name="BuildArgs">The values of <c>ARG</c> that the builder recorded with a RUN.</param>
internal sealed partial record Instruction(string Verb, string Arguments, IReadOnlyList<KeyValuePair<string, string>> BuildArgs)
{
    const string NoOperation = "#(nop)";
    const string BuildKitMark = "# buildkit";

    public static Instruction Parse(string createdBy)
    {
        var text = createdBy.Trim();
        if (text.IndexOf(NoOperation, StringComparison.Ordinal) is var at and >= 0 and < 40)
            return WithVerb(text[(at + NoOperation.Length)..].Trim()) ?? new Instruction("", text, []);
        if (text.EndsWith(BuildKitMark, StringComparison.Ordinal))
            text = text[..^BuildKitMark.Length].TrimEnd();
        return WithVerb(text) ?? (text.StartsWith('|') || Shell().IsMatch(text) ? Run(text) : new Instruction("", text, []));
    }

    static Instruction? WithVerb(string text)
    {
        var (verb, rest) = text.IndexOfAny([' ', '\t']) is var end and > 0 ? (text[..end], text[end..].Trim()) : (text, "");
        return verb switch
        {
            "RUN" => Run(rest),
            "ADD" or "ARG" or "CMD" or "COPY" or "ENTRYPOINT" or "ENV" or "EXPOSE" or "HEALTHCHECK" or "LABEL" or "MAINTAINER" or "ONBUILD" or "SHELL"
                or "STOPSIGNAL" or "USER" or "VOLUME" or "WORKDIR" => new Instruction(verb, rest, []),
            _ => null,
        };
    }

    static Instruction Run(string text)
    {
        var args = new List<KeyValuePair<string, string>>();
        if (Count().Match(text) is { Success: true } count)
            text = TakeArgs(text[count.Length..], int.Parse(count.Groups[1].Value, CultureInfo.InvariantCulture), args);
        return new Instruction("RUN", Shell().Match(text) is { Success: true } shell ? text[shell.Length..].Trim() : text, args);
    }

    // "A=1 B=two words /bin/sh -c make": values are not quoted, so that one ends where the next name, or the shell, begins.
    static string TakeArgs(string text, int count, List<KeyValuePair<string, string>> args)
    {
        for (; count > 0 && Name().Match(text) is { Success: true } name; count--)
        {
            var value = text[name.Length..];
            var next = count > 1 ? NextName().Match(value) : NextShell().Match(value);
            var end = next.Success ? next.Index : value.IndexOf(' ', StringComparison.Ordinal) is var space and >= 0 ? space : value.Length;
            args.Add(new(name.Groups[1].Value, value[..end]));
            text = value[end..].TrimStart();
        }
        return text;
    }

    [GeneratedRegex(@"^\|([0-9]{1,4}) ")]
    private static partial Regex Count();

    [GeneratedRegex("^([A-Za-z_][A-Za-z0-9_]*)=")]
    private static partial Regex Name();

    [GeneratedRegex(" [A-Za-z_][A-Za-z0-9_]*=")]
    private static partial Regex NextName();

    [GeneratedRegex(@"^(?:/[a-z/]{0,20}/)?(?:sh|bash|ash|dash|zsh|cmd|cmd\.exe|powershell|pwsh)(?: -o pipefail)? (?:-[a-z]{1,6}|/S /C|-Command) ", RegexOptions.IgnoreCase)]
    private static partial Regex Shell();

    [GeneratedRegex(@" (?:/[a-z/]{0,20}/)?(?:sh|bash|ash|dash|zsh|cmd|powershell|pwsh)(?: -o pipefail)? (?:-[a-z]{1,6}|/S /C|-Command) ", RegexOptions.IgnoreCase)]
    private static partial Regex NextShell();
}
