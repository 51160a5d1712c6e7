using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

/// <summary>Caches that are mounted where apt has its archives and lists.</summary>
internal static class AptCacheMounts
{
    public const string Archives = "/var/cache/apt", Lists = "/var/lib/apt";

    public static IEnumerable<(ReviewedRun Run, RunMount Mount)> In(ReviewedFile file, params IReadOnlyList<string> folders) =>
        from run in file.Runs
        where run.Calls.Any(call => PackageManager.Apt.Programs.Contains(call.Program))
        from mount in run.Step.Mounts
        where mount.Kind == "cache" && folders.Any(folder => mount.Target?.StartsWith(folder, StringComparison.Ordinal) is true)
        select (run, mount);
}
