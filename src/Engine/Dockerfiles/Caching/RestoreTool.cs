using Plimsoll.Engine.Dockerfiles.Rules;

namespace Plimsoll.Engine.Dockerfiles.Caching;

/// <summary>What fetches the dependencies of a project, and the files that it needs for that and nothing else.</summary>
/// <param name="Manifests">Names, or with <c>*</c> before or behind, how they end or begin.</param>
internal sealed record RestoreTool(string Name, params string[] Manifests)
{
    static readonly RestoreTool
        Node = new("npm", "package.json", "package-lock.json", "npm-shrinkwrap.json", ".npmrc",
            "yarn.lock", ".yarnrc", ".yarnrc.yml", "pnpm-lock.yaml", "pnpm-workspace.yaml", "bun.lock", "bun.lockb"),
        Pip = new("pip", "requirements*", "constraints*"),
        Uv = new("uv", "pyproject.toml", "uv.lock", ".python-version"),
        Poetry = new("poetry", "pyproject.toml", "poetry.lock", "pdm.lock"),
        Pipenv = new("pipenv", "Pipfile", "Pipfile.lock"),
        DotNet = new("dotnet", "*.csproj", "*.fsproj", "*.vbproj", "*.sln", "*.slnx", "Directory.Packages.props",
            "Directory.Build.props", "Directory.Build.targets", "global.json", "nuget.config", "NuGet.Config", "packages.lock.json"),
        Go = new("go", "go.mod", "go.sum", "go.work", "go.work.sum"),
        Cargo = new("cargo", "Cargo.toml", "Cargo.lock", "rust-toolchain*"),
        Bundler = new("bundle", "Gemfile", "Gemfile.lock", ".ruby-version", "*.gemspec"),
        Composer = new("composer", "composer.json", "composer.lock", "symfony.lock"),
        Maven = new("mvn", "pom.xml", "maven.config", "extensions.xml"),
        Gradle = new("gradle", "build.gradle*", "settings.gradle*", "gradle.properties", "gradle.lockfile", "libs.versions.toml", "gradle-wrapper*"),
        Mix = new("mix", "mix.exs", "mix.lock");

    static readonly HashSet<string> Neutral = new(StringComparer.Ordinal)
    {
        "cd", "set", "export", "mkdir", "rm", "echo", "true", "corepack", "test", "[", "chmod", "chown", "pushd", "popd",
    };

    public bool IsManifest(string name) => Pattern(name) is not null;

    /// <summary>The one of the manifests that a name is; null for none.</summary>
    public string? Pattern(string name) =>
        Manifests.FirstOrDefault(pattern => pattern.StartsWith('*') ? name.EndsWith(pattern[1..], StringComparison.Ordinal)
        : pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern);

    /// <summary>
    /// What the calls of a RUN fetch dependencies with, the first that does, and whether they do nothing else; null where they fetch none.
    /// </summary>
    public static (RestoreTool Tool, RunCall Call, bool IsAll)? Of(IReadOnlyList<RunCall> calls) =>
        calls.FirstOrDefault(call => Tool(call) is not null) is { } first && Tool(first) is { } found
            ? (found, first, calls.All(call => Tool(call) == found || IsNeutral(call))) : null;

    static bool IsNeutral(RunCall call) =>
        Neutral.Contains(call.Program) || call.Words is [_, { Text: "cache" or "config" or "set" or "--version" }, ..];

    // "python -m pip" is pip.
    static RestoreTool? Tool(RunCall call)
    {
        var module = call.Program.StartsWith("python", StringComparison.Ordinal) && call.Words is [_, { Text: "-m" }, _, ..];
        string[] names = module ? [.. call.Arguments().Select(word => word.Text)] : [call.Program, .. call.Arguments().Select(word => word.Text)];
        return names switch
        {
            ["npm" or "yarn" or "pnpm" or "bun", ..] when call.Has("-g", "--global", "--version", "-v") => null,
            ["npm", "ci", ..] or ["npm", "install" or "i"] or ["yarn"] or ["yarn", "install"]
                or ["pnpm", "install" or "i" or "fetch"] or ["bun", "install" or "i"] => Node,
            ["pip" or "pip3", "install", ..] or ["uv", "pip", "install" or "sync", ..]
                when call.Words.Any(word => word.Text.StartsWith("-r", StringComparison.Ordinal)
                    || word.Text.StartsWith("--requirement", StringComparison.Ordinal) || word.Text == "sync") => Pip,
            ["uv", "sync", ..] => Uv,
            ["poetry" or "pdm", "install" or "sync", ..] => Poetry,
            ["pipenv", "install" or "sync"] => Pipenv,
            ["dotnet", "restore", ..] => DotNet,
            ["go", "mod", "download", ..] => Go,
            ["cargo", "fetch", ..] => Cargo,
            ["bundle"] or ["bundle", "install", ..] => Bundler,
            ["composer", "install", ..] => Composer,
            ["mvn" or "mvnw", ..] when names.Any(name => name.StartsWith("dependency:", StringComparison.Ordinal)) => Maven,
            ["gradle" or "gradlew", "dependencies" or "downloadDependencies", ..] => Gradle,
            ["mix", "deps.get", ..] => Mix,
            _ => null,
        };
    }
}
