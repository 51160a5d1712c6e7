namespace Plimsoll.Engine.Dockerfiles.Steps;

/// <summary>The flags of an instruction, of which each is known, has the value that it takes, and comes once unless it may be repeated.</summary>
internal sealed class StepFlags
{
    readonly DockerfileInstruction _instruction;

    /// <param name="texts">Those that take a text.</param>
    /// <param name="lists">Those that take one, and may be repeated.</param>
    /// <param name="switches">Those that take true, false or nothing, which is true.</param>
    /// <exception cref="DockerfileSyntaxException">One is something else.</exception>
    public StepFlags(DockerfileInstruction instruction, string[]? texts = null, string[]? lists = null, string[]? switches = null)
    {
        _instruction = instruction;
        string[] known = [.. texts ?? [], .. lists ?? [], .. switches ?? []];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value, at) in instruction.Flags)
        {
            if (!known.Contains(name))
                throw new DockerfileSyntaxException(at, $"{instruction.Name} has no flag --{name}"
                    + $"{(known.Length > 0 ? $": it has --{string.Join(", --", known.Order(StringComparer.Ordinal))}" : "")}");
            var isSwitch = switches?.Contains(name) is true;
            if (isSwitch ? value is not (null or "true" or "false") : value is null)
                throw new DockerfileSyntaxException(at, isSwitch ? $"--{name} is true or false" : $"--{name} takes a value: --{name}=…");
            if (!seen.Add(name) && lists?.Contains(name) is not true)
                throw new DockerfileSyntaxException(at, $"--{name} is there already");
        }
    }

    public string? Text(string name) => One(name)?.Value;

    /// <summary>The value, with its place in the file.</summary>
    public PlacedText? Placed(string name) => One(name) is { Value: { } value } flag
        ? PlacedText.Of(value, flag.At with { Column = flag.At.Column + name.Length + 3 }) : null;

    public IReadOnlyList<InstructionFlag> All(string name) => [.. _instruction.Flags.Where(flag => flag.Name == name)];

    public bool Is(string name) => One(name) is { Value: not "false" };

    InstructionFlag? One(string name) => _instruction.Flags.FirstOrDefault(flag => flag.Name == name);
}
