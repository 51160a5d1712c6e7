namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

/// <summary>A package manager of a distribution, as far as rules ask.</summary>
/// <param name="Name">Before the names of its rules.</param>
/// <param name="Install">Verbs that bring packages.</param>
/// <param name="Fetch">Verbs that leave something in <paramref name="Caches"/>.</param>
/// <param name="Valued">Options whose value is a word of its own.</param>
/// <param name="Yes">Options, and the letter, that answer its question.</param>
/// <param name="Caches">Folders with what it has fetched.</param>
/// <param name="Clean">Verbs that empty them.</param>
/// <param name="CleanLine">What does, for people.</param>
/// <param name="PinMarks">What a name with a version has in it; null where a hyphen and a number say so.</param>
/// <param name="Pinned">A name with a version, for people.</param>
internal sealed record PackageManager(
    string Name, IReadOnlySet<string> Programs, IReadOnlySet<string> Install, IReadOnlySet<string> Fetch,
    IReadOnlySet<string> Valued, IReadOnlyList<string> Yes,
    IReadOnlyList<string> Caches, IReadOnlyList<string> Clean, string CleanLine, string? PinMarks, string Pinned)
{
    public static PackageManager Apt { get; } = new(
        "apt", Set("apt-get", "apt"), Set("install"), Set("update"),
        Set("-t", "--target-release", "--default-release", "-o", "--option", "-c", "--config-file", "-a", "--host-architecture"),
        ["-y", "--yes", "--assume-yes", "--assume-no", "--force-yes", "-qq", "-q=2", "-s",
            "--simulate", "--dry-run", "-d", "--download-only", "--print-uris"], ["/var/lib/apt/lists"],
        ["dist-clean", "distclean"], "rm -rf /var/lib/apt/lists/*", "=/", "curl=8.14.*");

    public static PackageManager Apk { get; } = new(
        "apk", Set("apk"), Set("add"), Set("add"),
        Set("-t", "--virtual", "-X", "--repository", "-p", "--root", "--arch", "--keys-dir", "--repositories-file", "--cache-dir"),
        [], ["/var/cache/apk", "/etc/apk/cache"], [], "rm -rf /var/cache/apk/*", "=~<>", "curl=~8.14");

    public static PackageManager Dnf { get; } = Rpm("dnf", Set("dnf", "dnf5", "microdnf", "tdnf"), "dnf clean all");

    public static PackageManager Yum { get; } = Rpm("yum", Set("yum"), "yum clean all");

    public static PackageManager Zypper { get; } = new(
        "zypper", Set("zypper"), Set("install", "in"), Set("install", "in", "update", "up", "dist-upgrade", "dup", "patch", "refresh", "ref"),
        Set("-r", "--repo", "-t", "--type", "--from", "-R", "--root", "-c", "--config", "-D", "--reposd-dir", "--gpg-auto-import-keys-from"),
        ["-y", "--no-confirm", "-n", "--non-interactive", "--dry-run", "-D"], ["/var/cache/zypp"],
        ["clean", "cc"], "zypper clean --all", "=<>", "curl=8.14.1");

    static PackageManager Rpm(string name, IReadOnlySet<string> programs, string clean) => new(
        name, programs, Set("install", "groupinstall", "localinstall", "reinstall"),
        Set("install", "groupinstall", "localinstall", "reinstall", "update", "upgrade", "makecache"),
        Set("-x", "--exclude", "-c", "--config", "--repo", "--repoid", "--enablerepo",
            "--disablerepo", "--installroot", "--releasever", "--setopt", "-d", "-e", "-R", "--forcearch"),
        ["-y", "--assumeyes", "--assumeno", "--downloadonly"],
        ["/var/cache/dnf", "/var/cache/yum", "/var/cache/libdnf5", "/var/cache/tdnf"], ["clean"], clean, null, "curl-8.14.1");

    public bool Is(RunCall call, IReadOnlySet<string> verbs) =>
        Programs.Contains(call.Program) && call.Verb(Valued) is { } verb && verbs.Contains(verb);

    public bool Installs(RunCall call) => Is(call, Install);

    /// <summary>What an install names.</summary>
    public IEnumerable<CallWord> Packages(RunCall call) => call.Arguments(Valued).Skip(1).Where(word => word.Text.Length > 0);

    // A file, an address, a group and a set that the author named are no package of a repository.
    public bool IsPinned(string package) =>
        package[0] is '.' or '/' or '@' || package.Contains("://", StringComparison.Ordinal) || package.EndsWith(".deb", StringComparison.Ordinal)
        || package.EndsWith(".rpm", StringComparison.Ordinal) || package.EndsWith(".apk", StringComparison.Ordinal)
        || (PinMarks is { } marks ? package.AsSpan().IndexOfAny(marks) > 0 : HasNumberBehindHyphen(package));

    public bool Answers(RunCall call) => call.Has(Yes) || call.HasLetter('y') || call.Mentions("Assume-Yes")
        || call.Mentions("assumeyes") || (Name == "zypper" && call.HasLetter('n'));

    static bool HasNumberBehindHyphen(string package)
    {
        for (var at = 1; at + 1 < package.Length; at++)
            if (package[at] == '-' && char.IsAsciiDigit(package[at + 1]))
                return true;
        return false;
    }

    static HashSet<string> Set(params string[] words) => new(words, StringComparer.Ordinal);
}
