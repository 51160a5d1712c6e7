using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Images;

/// <summary>
/// A reference to an image in a registry: <c>[registry/]repository[:tag][@digest]</c>, with Docker's defaults filled in
/// (<c>docker.io</c>, <c>library/</c>, <c>latest</c>). Grammar: distribution/reference.
/// </summary>
public sealed partial record ImageName(string Registry, string Repository, string? Tag, Digest? Digest) : IParsable<ImageName>
{
    const string DockerHub = "docker.io";

    /// <summary>What a manifest is asked for by: the digest when there is one, else the tag.</summary>
    public string Reference => Digest?.Value ?? Tag ?? "latest";

    /// <summary>Whether the tag was given as, or defaults to, <c>latest</c> with no digest to pin it.</summary>
    public bool FloatsOnLatest => Digest is null && Tag is null or "latest";

    public static ImageName Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var name) ? name : throw new FormatException($"'{s}' is not an image reference ([registry/]repository[:tag][@digest])");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out ImageName result)
    {
        result = null;
        if (s is null or { Length: 0 or > 512 })
            return false;

        Digest? digest = null;
        if (s.Split('@') is [var named, var pinned])
        {
            if (!Images.Digest.TryParse(pinned, null, out digest))
                return false;
            s = named;
        }

        var (registry, path) = SplitRegistry(s);
        string? tag = null;
        if (path.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0)
            (path, tag) = (path[..colon], path[(colon + 1)..]);
        if (registry == DockerHub && !path.Contains('/', StringComparison.Ordinal))
            path = "library/" + path;
        if (!IsRegistry(registry) || !IsRepository(path) || (tag is not null && !TagPattern().IsMatch(tag)))
            return false;

        result = new ImageName(registry, path, tag ?? (digest is null ? "latest" : null), digest);
        return true;
    }

    public override string ToString() =>
        $"{Registry}/{Repository}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    // The grammar admits hosts and ports that no address can have, such as a..b and port 65536.
    internal static bool IsRegistry(string s) => RegistryPattern().IsMatch(s) && Uri.TryCreate($"https://{s}/", UriKind.Absolute, out _);

    internal static bool IsRepository(string s) => RepositoryPattern().IsMatch(s);

    // The first part is a registry when it cannot be the first part of a Docker Hub repository.
    static (string Registry, string Path) SplitRegistry(string s)
    {
        var slash = s.IndexOf('/', StringComparison.Ordinal);
        var head = slash < 0 ? "" : s[..slash];
        var isRegistry = head.Contains('.', StringComparison.Ordinal) || head.Contains(':', StringComparison.Ordinal) || head == "localhost";
        if (!isRegistry)
            return (DockerHub, s);
        return (head is "index.docker.io" or "registry-1.docker.io" ? DockerHub : head, s[(slash + 1)..]);
    }

    [GeneratedRegex(@"^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?\z")]
    private static partial Regex RegistryPattern();

    [GeneratedRegex(@"^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z")]
    private static partial Regex RepositoryPattern();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z")]
    private static partial Regex TagPattern();
}
