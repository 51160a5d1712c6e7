using System.Globalization;
using System.Net;
using System.Text;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Store.Requests;
using Plimsoll.Store.Reach;

namespace Plimsoll.Store.Settings;

/// <summary>Reads the settings out of the environment. Every variable may also stand in a file that <c>NAME_FILE</c> names.</summary>
/// <param name="variable">Gives a variable; null when it is unset.</param>
internal sealed class SettingsReader(Func<string, string?> variable)
{
    /// <summary>A secret in a file that is larger than this is something else.</summary>
    const int FileBytes = 64 << 10;

    /// <param name="loopback">Whether the service listens on loopback alone, where it needs no secret key.</param>
    /// <exception cref="SettingsException">A variable has a value that does not do; the message is one line.</exception>
    public Settings Read(bool loopback)
    {
        var data = Text(Variables.DataDir) ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "plimsoll");
        var connections = Number(Variables.MaxConnections, 5, 100_000) ?? 100;
        var database = Addresses.Database(Text(Variables.DatabaseUrl), data, connections);
        var (hosts, networks) = Networks(Variables.RegistryAllowPrivate);
        var (webhookHosts, webhookNetworks) = Networks(Variables.WebhookAllowPrivate);
        return new Settings(
            database,
            Addresses.Redis(Text(Variables.RedisUrl)),
            SecretKey(loopback),
            LogLevels.Read(Variables.LogLevel, Text(Variables.LogLevel)),
            Number(Variables.Workers, 0, 64) ?? Math.Clamp(Environment.ProcessorCount, 1, 4),
            TimeSpan.FromSeconds(Number(Variables.Timeout, 1, 3600) ?? 30),
            TimeSpan.FromSeconds(Number(Variables.Lease, 2, 600) ?? 30),
            connections,
            data,
            Addresses.Blobs(Text(Variables.BlobStore), database, data),
            Token(Variables.AdminToken),
            Token(Variables.OperatorToken),
            ExistingFile(Variables.RegistryAuthFile),
            List(Variables.RegistryPlainHttp),
            hosts,
            networks,
            Mirrors(),
            TimeSpan.FromDays(Number(Variables.RetentionDays, 1, 3650) ?? 90),
            TimeSpan.FromSeconds(Number(Variables.WebhookTimeout, 1, 60) ?? 15),
            // Who can reach a service on loopback is on this machine already.
            new Reachable(loopback, webhookHosts, webhookNetworks),
            Limits(loopback),
            AdvisoryReading.Read(Text, List(Variables.AdvisoryEcosystems)));
    }

    string? Text(string name)
    {
        if (variable(name) is { Length: > 0 } value)
            return value;
        if (variable($"{name}_FILE") is not { Length: > 0 } path)
            return null;
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[FileBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > FileBytes)
                throw new SettingsException($"{name}_FILE", $"'{path}' has more than {FileBytes / 1024} KiB");
            return Encoding.UTF8.GetString(bytes, 0, length).TrimEnd('\r', '\n') is { Length: > 0 } text ? text : throw new SettingsException($"{name}_FILE", $"'{path}' is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{name}_FILE", $"'{path}' cannot be read: {e.Message}");
        }
    }

    RequestLimits Limits(bool loopback)
    {
        var proxies = Networks(Variables.TrustedProxies);
        if (proxies.Hosts.Count > 0)
            throw new SettingsException(Variables.TrustedProxies, $"'{proxies.Hosts[0]}' is no network; it takes networks such as 10.0.0.0/8");
        return new RequestLimits(Requests(loopback), proxies.Networks, Bytes(Variables.BlobQuota), Bytes(Variables.UploadLimit) ?? 64L << 30, Number(Variables.Uploads, 1, 10_000) ?? 16);
    }

    Rate? Requests(bool loopback)
    {
        if ((Text(Variables.RateLimit) ?? (loopback && Text(Variables.SecretKey) is null ? "off" : "50:500")) is not { } text || text == "off")
            return null;
        return text.Split(':') is [var each, var all] && int.TryParse(each, NumberStyles.None, CultureInfo.InvariantCulture, out var second) && int.TryParse(all, NumberStyles.None, CultureInfo.InvariantCulture, out var burst)
            && second is > 0 and <= 1_000_000 && burst >= second && burst <= 10_000_000 ? new Rate(second, burst)
            : throw new SettingsException(Variables.RateLimit, $"'{text}' is no rate; it takes requests a second and the most at once, such as 50:500, or off");
    }

    long? Bytes(string name)
    {
        if (Text(name) is not { } text)
            return null;
        var unit = text.EndsWith("Ki", StringComparison.Ordinal) ? 10 : text.EndsWith("Mi", StringComparison.Ordinal) ? 20 : text.EndsWith("Gi", StringComparison.Ordinal) ? 30 : text.EndsWith("Ti", StringComparison.Ordinal) ? 40 : 0;
        return long.TryParse(unit > 0 ? text[..^2] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= long.MaxValue >> unit
            ? number << unit : throw new SettingsException(name, $"'{text}' is no size; it takes bytes, such as 20Gi");
    }

    string[] List(string name) => Text(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    int? Number(string name, int least, int most) => Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new SettingsException(name, $"'{text}' is not a whole number from {least} to {most}");

    byte[]? SecretKey(bool loopback) => Text(Variables.SecretKey) switch
    {
        null when loopback => null,
        null => throw new SettingsException(Variables.SecretKey, "it is needed, since others than this machine can reach the service; give it at least 32 bytes, as from 'openssl rand -base64 48'"),
        var text when Encoding.UTF8.GetByteCount(text) < 32 => throw new SettingsException(Variables.SecretKey, "it has fewer than 32 bytes; make one with 'openssl rand -base64 48'"),
        var text => Encoding.UTF8.GetBytes(text),
    };

    string? Token(string name) => Text(name) is not { } token ? null
        : token.Length >= 24 && token.All(c => c is > ' ' and < '\x7f') ? token
        : throw new SettingsException(name, "it takes at least 24 visible ASCII characters, as from 'openssl rand -hex 24'");

    string? ExistingFile(string name) => Text(name) is not { } path ? null
        : File.Exists(path) ? path : throw new SettingsException(name, $"there is no file '{path}'");

    (List<string> Hosts, List<IPNetwork> Networks) Networks(string name)
    {
        var networks = new List<IPNetwork>();
        var hosts = new List<string>();
        foreach (var item in List(name))
            if (item.Contains('/', StringComparison.Ordinal))
                networks.Add(IPNetwork.TryParse(item, out var network) ? network
                    : throw new SettingsException(name, $"'{item}' is no network; one is written like 10.0.0.0/8"));
            else if (IPAddress.TryParse(item, out var address))
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else
                hosts.Add(Uri.CheckHostName(item) == UriHostNameType.Dns ? item
                    : throw new SettingsException(Variables.RegistryAllowPrivate, $"'{item}' is no host name; one is written without a port, like registry.internal"));
        return (hosts, networks);
    }

    IReadOnlyDictionary<string, IReadOnlyList<string>> Mirrors()
    {
        try
        {
            return RegistryMirrors.Parse(List(Variables.RegistryMirrors));
        }
        catch (FormatException e)
        {
            throw new SettingsException(Variables.RegistryMirrors, e.Message);
        }
    }
}
