using System.Security.Cryptography;
using System.Text.Json;
using Plimsoll.Engine;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Store.Layers;
using Plimsoll.Store.Reach;
using Plimsoll.Store.Settings;

namespace Plimsoll.Store.Registries;

/// <summary>Inspectors that reach registries as the configuration lets them.</summary>
internal sealed class RegistryAccess(Settings.Settings settings, SecretKeys keys, LayerStore layers)
{
    readonly RegistryOptions _options = Of(settings);

    /// <summary>For one inspection.</summary>
    /// <param name="login">As <see cref="Seal"/> made it; null for the logins of the configuration.</param>
    /// <exception cref="CryptographicException">The login was encrypted with another secret key.</exception>
    public Inspector Inspector(string? reference, byte[]? login) =>
        new(Limits.Default, reference is not null && login is not null ? _options with { Login = Open(ImageName.Parse(reference), login) } : _options, layers.Memory);

    /// <summary>For somebody who waits for the answer: it gives up soon.</summary>
    /// <param name="login">Null for the logins of the configuration.</param>
    public Inspector HastyInspector(RegistryLogin? login) => new(Limits.Default, _options with { Login = login, Attempts = 2, IdleTimeout = TimeSpan.FromSeconds(10) });

    /// <summary>A login as it is kept until its inspection ends.</summary>
    public byte[] Seal(string user, string password)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(new[] { user, password });
        try
        {
            return keys.Encrypt(plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    RegistryLogin Open(ImageName name, byte[] login)
    {
        var plain = keys.Decrypt(login);
        try
        {
            return JsonSerializer.Deserialize<string[]>(plain) is [var user, var password] ? new RegistryLogin(name.Registry, user, password)
                : throw new CryptographicException("it is no login");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    static RegistryOptions Of(Settings.Settings settings)
    {
        var reach = new Reachable(Loopback: false, settings.AllowedHosts, settings.AllowedNetworks);
        return new RegistryOptions
        {
            PlainHttp = settings.PlainHttp.ToHashSet(StringComparer.OrdinalIgnoreCase),
            Mirrors = settings.Mirrors,
            CredentialFiles = settings.RegistryAuthFile is { } file ? [file] : [],
            MayReach = reach.Allows,
            RefusalRemedy = $"name a public registry, or have whoever runs the service allow this one with {Variables.RegistryAllowPrivate}",
        };
    }
}
