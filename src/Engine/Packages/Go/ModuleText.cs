namespace Plimsoll.Engine.Packages.Go;

/// <summary>One module of a program.</summary>
internal sealed record Module(string Name, string Version);

/// <summary>
/// The module lines of a Go program, tab-separated as <c>runtime/debug.BuildInfo</c> writes them: <c>path</c>, <c>mod</c> (the main module), <c>dep</c>,
/// <c>=></c> (what was built in place of the module of the line before) and <c>build</c> (a setting).
/// </summary>
/// <param name="Main">Null for a program built without modules.</param>
internal sealed record ModuleText(Module? Main, IReadOnlyList<Module> Dependencies, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<string> Malformed)
{
    /// <summary>What Go calls the version of a module that it built from a directory.</summary>
    public const string Development = "(devel)";

    public static ModuleText Parse(string text)
    {
        Module? main = null;
        var (dependencies, settings, malformed) = (new List<Module>(), new Dictionary<string, string>(StringComparer.Ordinal), new List<string>());
        var ofMain = true;
        foreach (var line in TextLines.Of(text))
            switch (line.Split('\t'))
            {
                case ["mod", { Length: > 0 } name, var version, ..]:
                    (main, ofMain) = (new Module(name, VersionOf(version)), true);
                    break;
                case ["dep", { Length: > 0 } name, var version, ..]:
                    dependencies.Add(new Module(name, VersionOf(version)));
                    ofMain = false;
                    break;
                case ["=>", { Length: > 0 } name, var version, ..] when ofMain ? main is not null : dependencies.Count > 0:
                    if (ofMain)
                        main = Replaced(main!, name, version);
                    else
                        dependencies[^1] = Replaced(dependencies[^1], name, version);
                    break;
                case ["build", .. var setting]:
                    AddSetting(string.Join('\t', setting), settings);
                    break;
                case ["path", ..] or [""]:
                    break;
                // Go before 1.18 could write a main module without a name as a dependency.
                case ["dep", "", ..]:
                    break;
                case ["mod" or "dep" or "=>", ..]:
                    malformed.Add(line.Length <= 80 ? line : line[..80]);
                    break;
            }
        return new ModuleText(main, dependencies, settings, malformed);
    }

    // A module in place of another is what was built. A directory in its place has neither a name nor a version that means anything elsewhere: it
    // keeps the name that the program imports it by, and the version is not that of the module which it stands for.
    static Module Replaced(Module module, string name, string version) =>
        IsDirectory(name) ? module with { Version = Development } : new Module(name, VersionOf(version));

    // go.mod: "If the path on the right side of the arrow is an absolute or relative path (beginning with ./ or ../)".
    static bool IsDirectory(string path) =>
        path is "." or ".." || path.StartsWith("./", StringComparison.Ordinal) || path.StartsWith("../", StringComparison.Ordinal) || path.StartsWith('/')
        || path.StartsWith(@".\", StringComparison.Ordinal) || path.StartsWith(@"..\", StringComparison.Ordinal) || path.StartsWith('\\') || path is [_, ':', ..];

    static string VersionOf(string version) => version.Length == 0 ? Development : version;

    static void AddSetting(string setting, Dictionary<string, string> settings)
    {
        var equals = setting.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0)
            settings.TryAdd(setting[..equals], Unquote(setting[(equals + 1)..]));
    }

    // strconv.Quote, of which only the escapes of a quote and of a backslash matter here.
    static string Unquote(string value)
    {
        if (value is not ['"', .., '"'])
            return value;
        var text = new System.Text.StringBuilder(value.Length);
        for (var i = 1; i < value.Length - 1; i++)
            text.Append(value[i] == '\\' && i < value.Length - 2 ? value[++i] : value[i]);
        return text.ToString();
    }
}
