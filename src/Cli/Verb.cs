using System.CommandLine;

namespace Plimsoll.Cli;

/// <summary>A command with what its help page shows besides.</summary>
/// <param name="group">The heading that it stands under in the root's help.</param>
/// <param name="examples">Whole command lines; the first stands in the root's help too.</param>
/// <param name="judges">Whether its exit code may be a verdict.</param>
internal sealed class Verb(string group, string name, string description, IReadOnlyList<string> examples, bool judges = false)
    : Command(name, description)
{
    public string Group => group;

    public IReadOnlyList<string> Examples => examples;

    public bool Judges => judges;
}
