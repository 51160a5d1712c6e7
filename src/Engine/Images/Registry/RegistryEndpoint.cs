using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>Where one repository is served.</summary>
/// <param name="Registry">The name that credentials are kept under.</param>
/// <param name="Root">Scheme, host and port.</param>
internal sealed record RegistryEndpoint(string Registry, Uri Root, string Repository)
{
    const string DockerHub = "docker.io";
    const string DockerHubServer = "registry-1.docker.io";

    public string Host => Root.Authority;

    public bool PlainHttp => Root.Scheme == Uri.UriSchemeHttp;

    /// <summary>The address of a path below the repository (OCI Distribution specification, "Endpoints").</summary>
    public Uri Address(string path) => new(Root, $"/v2/{Repository}/{path}");

    /// <summary>The mirrors of the registry and then itself; a loopback host is tried over HTTPS and then over plain HTTP.</summary>
    public static IReadOnlyList<RegistryEndpoint> Of(ImageName name, RegistryOptions options) =>
    [
        .. options.Mirrors.GetValueOrDefault(name.Registry, []).SelectMany(mirror => OfMirror(mirror, name, options)),
        .. At(null, name.Registry, name.Repository, options),
    ];

    static IEnumerable<RegistryEndpoint> OfMirror(string mirror, ImageName name, RegistryOptions options) => RegistryMirrors.Split(mirror) is var (scheme, host, prefix)
        ? At(scheme, host, prefix == "" ? name.Repository : $"{prefix}/{name.Repository}", options)
        : throw new UnreadableImageException($"'{RegistryMirrors.WithoutPassword(mirror)}' cannot be a mirror of {name.Registry}", "write host[:port][/prefix] or https://host[:port][/prefix]");

    static IEnumerable<RegistryEndpoint> At(string? scheme, string host, string repository, RegistryOptions options)
    {
        var (registry, server) = host is DockerHub or DockerHubServer ? (DockerHub, DockerHubServer) : (host, host);
        var plain = scheme == "http" || scheme is null && options.PlainHttp.Contains(server);
        if (!Uri.TryCreate($"https://{server}/", UriKind.Absolute, out var root))
            throw new UnreadableImageException($"'{host}' is no host that a registry can have", "write host or host:port");
        if (!plain)
            yield return new RegistryEndpoint(registry, root, repository);
        if (plain || scheme is null && root.IsLoopback)
            yield return new RegistryEndpoint(registry, new Uri($"http://{server}/"), repository);
    }
}
