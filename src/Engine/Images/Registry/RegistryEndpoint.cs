namespace Plimsoll.Engine.Images.Registry;

/// <summary>Where one repository is served.</summary>
/// <param name="Registry">The name that credentials are kept under.</param>
/// <param name="Host">The host that is spoken to, with its port.</param>
internal sealed record RegistryEndpoint(string Registry, string Host, string Repository, bool PlainHttp)
{
    /// <summary>The address of a path below the repository (OCI Distribution specification, "Endpoints").</summary>
    public Uri Address(string path) => new($"{(PlainHttp ? "http" : "https")}://{Host}/v2/{Repository}/{path}");

    /// <summary>The mirrors of the registry and then itself; a loopback host is tried over HTTPS and then over plain HTTP.</summary>
    public static IEnumerable<RegistryEndpoint> Of(ImageName name, RegistryOptions options)
    {
        foreach (var host in options.Mirrors.GetValueOrDefault(name.Registry, []).Append(name.Registry == "docker.io" ? "registry-1.docker.io" : name.Registry))
        {
            var plain = options.PlainHttp.Contains(host);
            var registry = host == "registry-1.docker.io" ? name.Registry : host;
            yield return new RegistryEndpoint(registry, host, name.Repository, plain);
            if (!plain && IsLoopback(host))
                yield return new RegistryEndpoint(registry, host, name.Repository, true);
        }
    }

    static bool IsLoopback(string host) =>
        Uri.TryCreate($"http://{host}", UriKind.Absolute, out var uri) && uri.IsLoopback;
}
