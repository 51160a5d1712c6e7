namespace Plimsoll.Engine.Dockerfiles;

/// <summary>A document that stands behind an instruction: <c>RUN &lt;&lt;EOF</c> (Dockerfile reference, "Here-Documents").</summary>
/// <param name="Name">What ends it, without quotes.</param>
/// <param name="Descriptor">The number before <c>&lt;&lt;</c>; null where there is none.</param>
/// <param name="Expands">Whether variables in it are replaced: not where its name was quoted.</param>
/// <param name="StripsTabs">Whether tabs before its lines do not count (<c>&lt;&lt;-</c>).</param>
/// <param name="Content">As it is written, with the ends of its lines.</param>
/// <param name="At">Of its first line.</param>
public sealed record Heredoc(string Name, int? Descriptor, bool Expands, bool StripsTabs, string Content, TextPosition At);
