namespace Plimsoll.Cli.Rollouts;

/// <summary>Where kubectl is. Only absolute folders of PATH are searched: a checkout that brings a kubectl of its own must not get to run it.</summary>
internal static class KubectlProgram
{
    const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    static readonly string Name = OperatingSystem.IsWindows() ? "kubectl.exe" : "kubectl";

    /// <exception cref="ClusterException">There is none.</exception>
    public static string Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, Name)).FirstOrDefault(IsProgram)
        ?? throw new ClusterException("there is no kubectl on PATH, through which the cluster is asked: install it (https://kubernetes.io/docs/tasks/tools)");

    static bool IsProgram(string file) => File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & AnyExecute) != 0);
}
