namespace Plimsoll.Engine.Images.Registry;

/// <summary>The pairs that configure mirrors: <c>registry=mirror</c>, where a mirror is as <see cref="RegistryOptions.Mirrors"/> takes it.</summary>
public static class RegistryMirrors
{
    /// <summary>The mirrors of each registry in the order of the pairs.</summary>
    /// <exception cref="FormatException">One is no pair of a registry and a mirror. The message is one line and repeats no password.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Parse(IEnumerable<string> pairs) => pairs.Select(Pair)
        .GroupBy(pair => pair.Registry, pair => pair.Mirror, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group], StringComparer.OrdinalIgnoreCase);

    static (string Registry, string Mirror) Pair(string pair)
    {
        if (pair.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } registry, { Length: > 0 } mirror])
            throw new FormatException($"'{WithoutPassword(pair)}' is no pair; one is written like docker.io=mirror.example");
        if (!ImageName.IsRegistry(registry))
            throw new FormatException($"'{WithoutPassword(registry)}' is no registry; one is written like docker.io or registry.example:5000");
        return Split(mirror) is not null ? (registry, mirror)
            : throw new FormatException($"'{WithoutPassword(mirror)}' cannot be a mirror of {registry}: write host[:port][/prefix] or https://host[:port][/prefix]");
    }

    /// <summary>The parts of a mirror; null when it is none.</summary>
    internal static (string? Scheme, string Host, string Prefix)? Split(string mirror)
    {
        var (scheme, rest) = mirror.Split("://", 2) is [var before, var after] ? (before, after) : (null, mirror);
        var (host, prefix) = rest.TrimEnd('/').Split('/', 2) is [var first, var path] ? (first, path) : (rest.TrimEnd('/'), "");
        return scheme is null or "http" or "https" && ImageName.IsRegistry(host) && (prefix == "" || ImageName.IsRepository(prefix)) ? (scheme, host, prefix) : null;
    }

    /// <summary>Whatever stands before an @ is a password.</summary>
    internal static string WithoutPassword(string text) => text[(text.LastIndexOf('@') + 1)..];
}
