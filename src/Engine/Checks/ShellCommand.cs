namespace Plimsoll.Engine.Checks;

/// <summary>A simple command of a script.</summary>
/// <param name="IsPiped">Whether what it prints goes to the next command of the same depth.</param>
/// <param name="Depth">How many <c>$(…)</c>, backquotes and parentheses it stands in.</param>
internal sealed record ShellCommand(IReadOnlyList<ShellWord> Words, bool IsPiped, int Depth);

/// <summary>A word without its quotes, and where it stands in the script with them.</summary>
/// <param name="End">Behind its last character.</param>
internal readonly record struct ShellWord(string Text, int Start, int End);
