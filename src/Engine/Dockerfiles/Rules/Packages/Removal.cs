namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

/// <summary>What a RUN deletes again.</summary>
internal static class Removal
{
    /// <summary>Whether a call deletes a folder, what is in it, or one above it.</summary>
    public static bool Deletes(RunCall call, IReadOnlyList<string> folders) =>
        (call.Program == "rm" || (call.Program == "find" && (call.Mentions("-delete") || call.Mentions("rm"))))
        && call.Words.Skip(1).Any(word => folders.Any(folder => Covers(word.Text, folder)));

    /// <summary>Whether something that stays in no layer is mounted over a folder, above it or in it.</summary>
    public static bool IsMounted(ReviewedRun run, IReadOnlyList<string> folders) =>
        run.Step.Mounts.Any(mount => mount.Kind is "cache" or "tmpfs" && mount.Target is { } target && folders.Any(folder => Covers(target, folder)));

    static bool Covers(string path, string folder)
    {
        var bare = path.TrimEnd('*').TrimEnd('/');
        return bare.Length > 4 && bare[0] == '/' && (IsWithin(bare, folder) || IsWithin(folder, bare));
    }

    static bool IsWithin(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/');
}
