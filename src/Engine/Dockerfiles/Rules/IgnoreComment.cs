using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>
/// A comment that tells the adviser to say nothing: <c># plimsoll ignore=ID,ID: reason</c> above an instruction, or <c># plimsoll ignore-file=ID</c>;
/// and those of hadolint.
/// </summary>
/// <param name="Rules">Ids, or codes of hadolint.</param>
/// <param name="IsOurs">Whether it is no comment of hadolint.</param>
internal sealed partial record IgnoreComment(IReadOnlyList<string> Rules, bool IsOfFile, bool IsOurs, DockerfileComment Comment)
{
    /// <summary>Rules that it has silenced.</summary>
    public HashSet<string> Used { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null for any other comment. One that was meant and is not understood names no rule.</summary>
    public static IgnoreComment? Read(DockerfileComment comment)
    {
        if (Form().Match(comment.Text) is not { Success: true } match)
            return comment.Text.StartsWith("plimsoll ignore", StringComparison.Ordinal) ? new([], false, true, comment) : null;
        var isOurs = match.Groups["tool"].Value == "plimsoll";
        return new(match.Groups["rules"].Value.Split(',', StringSplitOptions.TrimEntries),
            match.Groups["file"].Success || match.Groups["global"].Success, isOurs, comment);
    }

    public bool Silences(RuleInfo rule)
    {
        if (Rules.FirstOrDefault(name => name == rule.Id || name.Equals(rule.Hadolint, StringComparison.OrdinalIgnoreCase)) is not { } name)
            return false;
        Used.Add(name);
        return true;
    }

    [GeneratedRegex(@"^(?:(?<tool>plimsoll)\s+ignore(?<file>-file)?|(?<tool>hadolint)\s+(?<global>global\s+)?ignore)\s*=\s*(?<rules>[A-Za-z0-9-]+(?:\s*,\s*[A-Za-z0-9-]+)*)\s*(?:[:#].*)?$")]
    private static partial Regex Form();
}
