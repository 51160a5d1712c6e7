using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Dockerfiles;

/// <summary>
/// What a comment at the top says to the parser: <c># syntax=</c>, <c># escape=</c> or <c># check=</c> (Dockerfile reference, "Parser directives").
/// </summary>
/// <param name="Name">In lower case.</param>
public sealed record ParserDirective(string Name, string Value, TextPosition At)
{
    static readonly Regex Form = new(@"^#\s*(?<name>[a-zA-Z][a-zA-Z0-9]*)\s*=\s*(?<value>.+?)\s*$", RegexOptions.NonBacktracking);

    /// <summary>Null where a line is none: then no later one is either.</summary>
    internal static ParserDirective? Read(string line, TextPosition at) =>
        Form.Match(line) is { Success: true } match && match.Groups["name"].Value.ToLowerInvariant() is "syntax" or "escape" or "check"
            ? new(match.Groups["name"].Value.ToLowerInvariant(), match.Groups["value"].Value, at) : null;
}
