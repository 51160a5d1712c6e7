namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>Rules about package managers, in the order of their ids.</summary>
internal static class PackageRules
{
    public static IReadOnlyList<IDockerfileRule> All { get; } =
    [
    ];
}
