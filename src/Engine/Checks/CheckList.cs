namespace Plimsoll.Engine.Checks;

/// <summary>The one list of checks, in the order of their ids.</summary>
internal static class CheckList
{
    public static IReadOnlyList<ICheck> All { get; } =
    [
        new AddInsteadOfCopyCheck(),
        new ApkCacheCheck(),
        new ApplicationWritableCheck(),
        new AptCacheCheck(),
        new BuildToolsLeftCheck(),
        new CredentialFileCheck(),
        new DistUpgradeCheck(),
        new DuplicateIdsCheck(),
        new EmptyPasswordCheck(),
        new EndOfLifeOsCheck(),
        new FileCapabilitiesCheck(),
        new HealthCheckCheck(),
        new LatestTagCheck(),
        new MultiStageMissingCheck(),
        new NonNumericUserCheck(),
        new NonRootUserCheck(),
        new NpmCacheCheck(),
        new NuGetCacheCheck(),
        new PipCacheCheck(),
        new PrivilegedPortCheck(),
        new RelativeWorkdirCheck(),
        new SecretInEnvCheck(),
        new SecretInHistoryCheck(),
        new SensitiveFileReadableCheck(),
        new SensitiveVolumeCheck(),
        new SetuidCheck(),
        new ShellPresentCheck(),
        new SudoCheck(),
        new TooManyLayersCheck(),
        new UnneededFilesCheck(),
        new UnreachableHealthcheckToolCheck(),
        new UpdateWithoutInstallCheck(),
        new UvCacheCheck(),
        new WorldWritableCheck(),
    ];
}
