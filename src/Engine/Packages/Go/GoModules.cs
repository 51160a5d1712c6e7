namespace Plimsoll.Engine.Packages.Go;

/// <summary>The lines of a program's build information as packages (Go, <c>runtime/debug</c>, BuildInfo).</summary>
internal static class GoModules
{
    const int Most = 20_000;

    public static IEnumerable<InstalledPackage> Of(BuildInfo build)
    {
        if (Toolchain(build.GoVersion) is { } toolchain)
            yield return new InstalledPackage("golang", "stdlib", toolchain);
        InstalledPackage? last = null;
        var count = 0;
        foreach (var line in build.Modules.Split('\n'))
            switch (line.Split('\t'))
            {
                case ["mod" or "dep", { Length: > 0 } path, { Length: > 0 } version, ..] when count++ < Most:
                    if (last is not null)
                        yield return last;
                    last = new InstalledPackage("golang", path, version);
                    break;
                // What was really built in stands in the next line.
                case ["=>", { Length: > 0 } path, var version, ..] when last is not null:
                    // A folder took the place of the module: its contents are known to nobody, its name is that of the module.
                    last = path[0] is '.' or '/' || version.Length == 0 ? last with { Version = "(devel)" } : new InstalledPackage("golang", path, version);
                    break;
            }
        if (last is not null)
            yield return last;
    }

    // "go1.22.3", "go1.21.5 X:boringcrypto", "devel go1.23-abc"; advisories speak of 1.22.3.
    static string? Toolchain(string version)
    {
        var word = version.Split(' ').FirstOrDefault(part => part.StartsWith("go", StringComparison.Ordinal) && part.Length > 2 && char.IsAsciiDigit(part[2]));
        return word?[2..];
    }
}
