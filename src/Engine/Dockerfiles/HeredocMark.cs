using System.Globalization;
using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Dockerfiles;

/// <summary>What announces a document: <c>&lt;&lt;EOF</c>, <c>3&lt;&lt;-"END"</c>.</summary>
internal sealed record HeredocMark(string Name, int? Descriptor, bool Expands, bool StripsTabs, TextPosition At)
{
    static readonly Regex Form = new(@"^(?<number>\d*)<<(?<strips>-?)\s*(?<name>[^<]*)$", RegexOptions.NonBacktracking);

    /// <summary>Those of an instruction that may have any: RUN, COPY and ADD, also behind ONBUILD, where their arguments are no JSON.</summary>
    public static IReadOnlyList<HeredocMark> In(DockerfileInstruction instruction, char escape)
    {
        var inner = instruction;
        // One behind another is refused later.
        if (inner.Name == "ONBUILD" && inner.Arguments.Length > 0)
        {
            var (keyword, flags, arguments) = InstructionHead.Of(inner.Arguments, escape);
            inner = new(keyword, flags, arguments, [], inner.LastLine);
        }
        if (inner.Name is not ("RUN" or "COPY" or "ADD") || !instruction.Arguments.Text.Contains("<<", StringComparison.Ordinal)
            || JsonForm.Of(inner.Arguments) is not null)
            return [];
        return [.. ShellWords.Raw(inner.Arguments).Select(Of).OfType<HeredocMark>()];
    }

    static HeredocMark? Of(PlacedText word)
    {
        if (Form.Match(word.Text) is not { Success: true } match || ShellWords.Raw(word.Slice(match.Groups["name"].Index)) is not [var name])
            return null;
        var bare = ShellWords.WithoutQuotes(name.Text);
        if (bare.Length == 0)
            return null;
        var number = match.Groups["number"].ValueSpan;
        return new(bare, int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var descriptor)
            ? descriptor : null, bare.Length == name.Length, match.Groups["strips"].Length > 0, word.Start);
    }
}
