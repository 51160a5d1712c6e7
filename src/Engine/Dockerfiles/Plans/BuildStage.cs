using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Plans;

/// <summary>What a FROM begins.</summary>
/// <param name="Number">0 for the first.</param>
/// <param name="Steps">Without the FROM.</param>
/// <param name="Image">What it begins from, with variables replaced by what they are when nothing is given to the build, or as it is written where
/// nothing is left then; null where it begins from a stage.</param>
/// <param name="Base">The stage that it begins from; null where it begins from an image.</param>
public sealed record BuildStage(int Number, FromStep From, IReadOnlyList<BuildStep> Steps, string? Image, BuildStage? Base)
{
    /// <summary>In lower case; null where it has none.</summary>
    public string? Name { get; } = From.Name?.Text.ToLowerInvariant();

    /// <summary>What people call it: its name, or its number.</summary>
    public string Title => Name ?? $"stage {Number}";

    public bool IsFromScratch => Image == "scratch";
}
