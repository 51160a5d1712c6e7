namespace Plimsoll.Engine.Checks;

/// <summary>What a command of the build says that it does: install packages, or build the application.</summary>
internal sealed class BuildSteps(InspectedImage image)
{
    // Each is asked for by every step of a history, which may be a long one, and looks through the whole image.
    readonly Dictionary<string, bool> _programs = new(StringComparer.Ordinal);
    readonly Lazy<bool> _hasDotnetSdk = new(() => Any(image, "dotnet/sdk"u8)), _keepsDevelopmentPackages = new(() => KeepsDevelopmentPackages(image));

    /// <summary>The packages that an install command of a distribution's package manager names, without their versions.</summary>
    public static IEnumerable<string> PackagesOf(string[] command)
    {
        var verb = Programs.StartedBy(command) switch
        {
            "apt-get" or "apt" or "aptitude" or "yum" or "dnf" or "microdnf" or "tdnf" or "zypper" => "install",
            "apk" => "add",
            _ => null,
        };
        return verb is null || !command.Contains(verb) ? [] :
            from word in command.SkipWhile(word => word != verb).Skip(1)
            where word.Length > 0 && char.IsAsciiLetterOrDigit(word[0])
            select word[..(word.IndexOfAny(['=', '~', '<', '>', ':', '@']) is >= 0 and var end ? end : word.Length)];
    }

    /// <summary>The command as people call it when it builds the application and what it needs is still in the image; else null.</summary>
    public string? Of(string[] command) => Programs.StartedBy(command) switch
    {
        "go" when Has(command, "build", "install") => IfKept("go", "go build"),
        "cargo" when Has(command, "build", "install") => IfKept("cargo", "cargo build"),
        "mvn" or "./mvnw" when Has(command, "package", "install", "verify") => IfKept("javac", "mvn package"),
        "gradle" or "./gradlew" when Has(command, "build", "assemble", "bootJar", "installDist") => IfKept("javac", "gradle build"),
        "dotnet" when Has(command, "build", "publish") && _hasDotnetSdk.Value => "dotnet publish",
        "npm" when Has(command, "ci", "install", "i")
            && !Has(command, "-g", "--global", "--omit=dev", "--production", "--only=prod", "--only=production", "--production=true") && _keepsDevelopmentPackages.Value => "npm install with the packages of development",
        _ => null,
    };

    static bool Has(string[] command, params ReadOnlySpan<string> words) => command.AsSpan().IndexOfAny(words) >= 0;

    /// <summary>Whether the image has a program of that name.</summary>
    public bool Has(string program) => _programs.TryGetValue(program, out var has) ? has : _programs[program] = Programs.Find(image, program) is not null;

    string? IfKept(string tool, string build) => Has(tool) ? build : null;

    static bool Any(InspectedImage image, ReadOnlySpan<byte> parts)
    {
        foreach (var file in image.Tree.Files)
            if (file.Entry.PathBytes.HasParts(parts))
                return true;
        return false;
    }

    // "npm install -g" installs a tool; "npm prune" in a later step takes the packages out again.
    static bool KeepsDevelopmentPackages(InspectedImage image) =>
        !image.Config.Env.Any(variable => variable is { Key: "NODE_ENV", Value: "production" })
        && !image.Config.History.Any(step => step.CreatedBy.Contains("npm prune", StringComparison.Ordinal))
        && Any(image, "node_modules/.package-lock.json"u8);
}
