namespace Plimsoll.Engine.Dockerfiles;

/// <summary>A Dockerfile as its author wrote it.</summary>
/// <param name="Escape">What continues a line and takes the meaning from a character: <c>\</c> or <c>`</c>.</param>
/// <param name="Instructions">In their order.</param>
/// <param name="Comments">In their order, also those inside of instructions; without directives.</param>
/// <param name="EmptyContinuations">Lines with nothing on them inside of an instruction, which are to become errors.</param>
public sealed record Dockerfile(
    char Escape, IReadOnlyList<ParserDirective> Directives, IReadOnlyList<DockerfileInstruction> Instructions,
    IReadOnlyList<DockerfileComment> Comments, IReadOnlyList<TextPosition> EmptyContinuations);

/// <param name="Text">Behind the <c>#</c>, without the space around it.</param>
/// <param name="At">Of the <c>#</c>.</param>
public sealed record DockerfileComment(string Text, TextPosition At);

/// <summary>An instruction with everything that belongs to it.</summary>
/// <param name="Keyword">As it is written.</param>
/// <param name="Flags">Before the arguments.</param>
/// <param name="Arguments">Without the space around them.</param>
/// <param name="LastLine">Of the instruction, or of the last of its documents.</param>
public sealed record DockerfileInstruction(PlacedText Keyword, IReadOnlyList<InstructionFlag> Flags,
    PlacedText Arguments, IReadOnlyList<Heredoc> Heredocs, int LastLine)
{
    /// <summary>The keyword in upper case: <c>FROM</c>.</summary>
    public string Name { get; } = Keyword.Text.ToUpperInvariant();

    public TextPosition At => Keyword.Start;
}

/// <summary><c>--name=value</c>, or <c>--name</c>.</summary>
/// <param name="Value">Without quotes and escapes; null where it has none.</param>
/// <param name="At">Of its first hyphen.</param>
public sealed record InstructionFlag(string Name, string? Value, TextPosition At);

/// <summary>What became of the reading of a Dockerfile: one of the two.</summary>
public sealed record DockerfileReading(Dockerfile? File, SyntaxProblem? Problem);
