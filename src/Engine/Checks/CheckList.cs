namespace Plimsoll.Engine.Checks;

/// <summary>The one list of checks, in the order of their ids.</summary>
internal static class CheckList
{
    public static IReadOnlyList<ICheck> All { get; } =
    [
        new ApkCacheCheck(),
        new AptCacheCheck(),
        new DuplicateIdsCheck(),
        new EmptyPasswordCheck(),
        new LatestTagCheck(),
        new NonNumericUserCheck(),
        new NonRootUserCheck(),
        new NpmCacheCheck(),
        new NuGetCacheCheck(),
        new PipCacheCheck(),
        new PrivilegedPortCheck(),
        new RelativeWorkdirCheck(),
        new SecretInEnvCheck(),
        new SecretInHistoryCheck(),
        new SensitiveVolumeCheck(),
        new SetuidCheck(),
        new SudoCheck(),
        new TooManyLayersCheck(),
        new UvCacheCheck(),
    ];
}
