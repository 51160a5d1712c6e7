namespace Plimsoll.Engine.Checks;

/// <summary>What a command of the build says that it does: install packages, or build the application.</summary>
internal static class BuildSteps
{
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
    public static string? BuildOf(string[] command, InspectedImage image) => Programs.StartedBy(command) switch
    {
        "go" when Has(command, "build", "install") => IfKept(image, "go", "go build"),
        "cargo" when Has(command, "build", "install") => IfKept(image, "cargo", "cargo build"),
        "mvn" or "./mvnw" when Has(command, "package", "install", "verify") => IfKept(image, "javac", "mvn package"),
        "gradle" or "./gradlew" when Has(command, "build", "assemble", "bootJar", "installDist") => IfKept(image, "javac", "gradle build"),
        "dotnet" when Has(command, "build", "publish") && Any(image, "dotnet/sdk"u8) => "dotnet publish",
        "npm" when Has(command, "ci", "install", "i") && WithDevelopmentPackages(command, image) => "npm install with the packages of development",
        _ => null,
    };

    static bool Has(string[] command, params ReadOnlySpan<string> words) => command.AsSpan().IndexOfAny(words) >= 0;

    static string? IfKept(InspectedImage image, string tool, string build) => Programs.Find(image, tool) is null ? null : build;

    static bool Any(InspectedImage image, ReadOnlySpan<byte> parts)
    {
        foreach (var file in image.Tree.Files)
            if (file.Entry.PathBytes.HasParts(parts))
                return true;
        return false;
    }

    // "npm install -g" installs a tool; "npm prune" in a later step takes the packages out again.
    static bool WithDevelopmentPackages(string[] command, InspectedImage image) =>
        !Has(command, "-g", "--global", "--omit=dev", "--production", "--only=prod", "--only=production", "--production=true")
        && !image.Config.Env.Any(variable => variable is { Key: "NODE_ENV", Value: "production" })
        && !image.Config.History.Any(step => step.CreatedBy.Contains("npm prune", StringComparison.Ordinal))
        && Any(image, "node_modules/.package-lock.json"u8);
}
