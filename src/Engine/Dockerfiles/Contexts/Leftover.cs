namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>What lies in folders of projects and belongs into no image.</summary>
/// <param name="Name">Of the file or folder; with <c>*</c> before or behind it, how it ends or begins.</param>
/// <param name="Beside">What stands beside it where it is one, since the name alone may mean anything: how one of these files ends.</param>
/// <param name="IsKey">Whether it is one only where there is a private key in it.</param>
internal sealed record Leftover(IgnoreReason Reason, string Name, bool IsFolder, string[]? Beside = null, bool IsKey = false)
{
    static readonly string[] DotNet = [".csproj", ".fsproj", ".vbproj"], Jvm = ["build.gradle", "build.gradle.kts"];

    public static IReadOnlyList<Leftover> All { get; } =
    [
        .. Files(IgnoreReason.Secret, ".env", ".env.local", ".env.development", ".env.development.local",
            ".env.production", ".env.production.local", ".env.staging", ".env.test", ".netrc", ".pgpass", ".git-credentials",
            ".htpasswd", "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "*.pfx", "*.p12", "*.jks",
            "*.keystore", "*.kdbx", "*.tfstate", "kubeconfig", "credentials.json"),
        new(IgnoreReason.Secret, "*.pem", IsFolder: false, IsKey: true),
        new(IgnoreReason.Secret, "*.key", IsFolder: false, IsKey: true),
        .. Folders(IgnoreReason.Secret, ".ssh", ".aws", ".azure", ".gnupg", ".kube"),
        .. Folders(IgnoreReason.History, ".git", ".svn", ".hg"),
        .. Folders(IgnoreReason.Dependencies, "node_modules", "bower_components", ".venv", ".tox", ".nox", ".pnpm-store", ".bundle"),
        new(IgnoreReason.Dependencies, "venv", IsFolder: true, [".py", ".txt", ".toml"]),
        .. Folders(IgnoreReason.Output, "__pycache__", ".next", ".nuxt", ".gradle", ".terraform",
            ".parcel-cache", ".turbo", ".angular", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".ipynb_checkpoints", ".vs"),
        new(IgnoreReason.Output, "bin", IsFolder: true, DotNet),
        new(IgnoreReason.Output, "obj", IsFolder: true, DotNet),
        new(IgnoreReason.Output, "target", IsFolder: true, ["Cargo.toml", "pom.xml"]),
        new(IgnoreReason.Output, "build", IsFolder: true, Jvm),
        .. Files(IgnoreReason.Output, "*.pyc", "*.tsbuildinfo"),
        .. Folders(IgnoreReason.Tests, "TestResults", "coverage", "htmlcov", ".nyc_output"),
        .. Files(IgnoreReason.Tests, "*.trx", ".coverage", "*.lcov", "lcov.info"),
        .. Folders(IgnoreReason.Editor, ".idea", ".vscode", ".devcontainer"),
        .. Files(IgnoreReason.Editor, ".DS_Store", "Thumbs.db", "*.swp", "*.swo"),
        .. Files(IgnoreReason.Logs, "*.log"),
    ];

    /// <summary>The one that a member of a folder is; null where it is none.</summary>
    /// <param name="beside">The names of the files in the folder.</param>
    public static Leftover? Find(string name, bool isFolder, IReadOnlyList<string> beside)
    {
        foreach (var one in All)
            if (one.IsFolder == isFolder && one.Fits(name)
                && (one.Beside is null || beside.Any(file => one.Beside.Any(end => file.EndsWith(end, StringComparison.Ordinal)))))
                return one;
        return null;
    }

    /// <summary>Whether a member has its name, whatever stands beside it.</summary>
    public bool Fits(string name) =>
        Name.StartsWith('*') ? name.EndsWith(Name[1..], StringComparison.Ordinal) && name.Length >= Name.Length : name == Name;

    static IEnumerable<Leftover> Files(IgnoreReason reason, params string[] names) =>
        names.Select(name => new Leftover(reason, name, IsFolder: false));

    static IEnumerable<Leftover> Folders(IgnoreReason reason, params string[] names) =>
        names.Select(name => new Leftover(reason, name, IsFolder: true));
}

/// <summary>Why something is better left out of the context; the worst first.</summary>
public enum IgnoreReason { Secret, History, Dependencies, Output, Tests, Editor, Logs, Unread }
