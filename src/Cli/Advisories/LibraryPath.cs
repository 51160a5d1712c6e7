namespace Plimsoll.Cli.Advisories;

/// <summary>Where the user's library of advisories is.</summary>
internal static class LibraryPath
{
    public const string Variable = "PLIMSOLL_ADVISORIES";

    /// <summary>What <see cref="Variable"/> says, else <c>plimsoll/advisories</c> in the user's data folder (XDG Base Directory specification).</summary>
    public static string Current { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? Path.GetFullPath(path) : Path.Combine(DataFolder(), "plimsoll", "advisories");

    static string DataFolder() =>
        Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } folder && Path.IsPathRooted(folder) ? folder
        : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share");
}
