using Plimsoll.Engine.Dockerfiles.Rules.Copying;
using Plimsoll.Engine.Dockerfiles.Rules.Running;
using Plimsoll.Engine.Dockerfiles.Rules.Stages;
using Plimsoll.Engine.Dockerfiles.Rules.Starting;
using Plimsoll.Engine.Dockerfiles.Rules.Values;
using Plimsoll.Engine.Dockerfiles.Rules.Writing;

namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>Rules about instructions and stages, in the order of their ids.</summary>
internal static class GeneralRules
{
    public static IReadOnlyList<IDockerfileRule> All { get; } =
    [
        new AddForFilesRule(),
        new ArgumentWithoutDefaultRule(),
        new BackgroundStartRule(),
        new BrokenExposeRule(),
        new ConsecutiveRunsRule(),
        new ConstantPlatformRule(),
        new CopiedCredentialsRule(),
        new CopyIntoFolderRule(),
        new CurlAndWgetRule(),
        new DefaultPasswordRule(),
        new EarlyArgumentRule(),
        new EmptyContinuationRule(),
        new HostNetworkRule(),
        new IgnoredCommandRule(),
        new InsecureRunRule(),
        new InvalidStopsignalRule(),
        new KeywordCaseRule(),
        new LateOwnerRule(),
        new LateRemovalRule(),
        new LatestBaseRule(),
        new LostInVolumeRule(),
        new LostStateRule(),
        new MaintainerRule(),
        new MalformedExecFormRule(),
        new MissingHealthcheckRule(),
        new NamedUserRule(),
        new OldEnvFormRule(),
        new OnBuildRule(),
        new PackageRunnerStartRule(),
        new PipefailRule(),
        new PointlessCommandRule(),
        new PrivilegedPortRule(),
        new RelativeCopyRule(),
        new RelativeWorkdirRule(),
        new RepeatedCmdRule(),
        new RepeatedEntrypointRule(),
        new RepeatedHealthcheckRule(),
        new RootUserRule(),
        new SecretArgumentRule(),
        new SecretInVariableRule(),
        new SelfReferenceRule(),
        new ShadowedStageRule(),
        new ShellFormRule(),
        new ShellInFrontRule(),
        new ShellLinkRule(),
        new SourceBeforeDependenciesRule(),
        new SudoRule(),
        new SystemPackagesAfterSourceRule(),
        new UncheckedScriptRule(),
        new UndeclaredArgumentRule(),
        new UnexpandedVariableRule(),
        new UnknownStageRule(),
        new UnpinnedBaseRule(),
        new UnreachableHealthcheckToolRule(),
        new UntaggedBaseRule(),
        new UnusedArgumentRule(),
        new UnusedStageRule(),
        new UnverifiedDownloadRule(),
        new UselessHealthcheckRule(),
    ];
}
