using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>Where a part of a script stands: in the instruction, or in the document behind it.</summary>
internal static class ScriptPlace
{
    public static Remark Remark(StepCommand command, int at, int length, string text)
    {
        if (ReferenceEquals(command.Script, command.Text.Text))
            return Rules.Remark.At(command.Text.Slice(at, length), text);
        var document = command.Documents[0];
        var before = command.Script.AsSpan(0, at);
        var start = new TextPosition(document.At.Line + before.Count('\n'), at - before.LastIndexOf('\n'));
        return new(text, start, start with { Column = start.Column + length });
    }
}
