using Plimsoll.Engine.Dockerfiles.Plans;

namespace Plimsoll.Engine.Dockerfiles.Rules.Measured;

/// <summary>The rules that need more than the file.</summary>
internal static class MeasuredRules
{
    public static IReadOnlyList<IMeasuredRule> All { get; } = [new MissingSourceRule(),
        new SecretInContextRule(), new UnignoredLeftoversRule(), new WastedBytesRule()];

    /// <summary>An instruction by the line that it begins on.</summary>
    public static DockerfileInstruction On(BuildPlan plan, int line) => plan.File.Instructions.First(instruction => instruction.At.Line == line);
}
