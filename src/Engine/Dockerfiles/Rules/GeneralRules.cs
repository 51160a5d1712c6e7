namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>Rules about instructions and stages, in the order of their ids.</summary>
internal static class GeneralRules
{
    public static IReadOnlyList<IDockerfileRule> All { get; } =
    [
        new RelativeWorkdirRule(),
    ];
}
