using System.Net;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>How registries are spoken to. The defaults reach any public registry over HTTPS without credentials.</summary>
public sealed record RegistryOptions
{
    /// <summary>Hosts, with their port, that are spoken to over plain HTTP. Loopback hosts need not be named: they fall back by themselves.</summary>
    public IReadOnlySet<string> PlainHttp { get; init; } = new HashSet<string>();

    /// <summary>
    /// For a registry, the mirrors that are asked before it: <c>host[:port]</c> or <c>https://host[:port]</c>, then <c>/prefix</c> where the
    /// mirror keeps the registry's repositories below one of its own.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Mirrors { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Files in the form of Docker's <c>config.json</c>, the first that knows the registry serves; missing files are passed over.</summary>
    public IReadOnlyList<string> CredentialFiles { get; init; } = [];

    /// <summary>Requests for one thing before giving up, and reconnections within one layer.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>How long a connection may be silent.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Whether a host may be reached at an address; null: any may. It is asked before each connection, to a registry as to what it redirects or
    /// refers to, with the host's name and each address that the name stands for now. No proxy is used then, since a proxy looks names up itself.
    /// </summary>
    public Func<string, IPAddress, bool>? MayReach { get; init; }

    /// <summary>What can be done about an address that <see cref="MayReach"/> refuses.</summary>
    public string RefusalRemedy { get; init; } = "name a registry that may be reached from here";

    /// <summary>A login at one registry, which goes before those of the files.</summary>
    public RegistryLogin? Login { get; init; }

    /// <summary>Looks names up; tests put another in its place.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> LookUp { get; init; } = Dns.GetHostAddressesAsync;
}
