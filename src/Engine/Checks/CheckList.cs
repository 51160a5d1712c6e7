namespace Plimsoll.Engine.Checks;

/// <summary>The one list of checks, in the order of their ids.</summary>
internal static class CheckList
{
    public static IReadOnlyList<ICheck> All { get; } =
    [
        new SecretInEnvCheck(),
        new SecretInHistoryCheck(),
    ];
}
