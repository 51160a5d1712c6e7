using System.Globalization;
using Microsoft.Extensions.Logging;
using Plimsoll.Store.Settings;

namespace Plimsoll.Operator.Hosting;

/// <summary>What the environment says.</summary>
/// <param name="Service">Where the API is (PLIMSOLL_URL).</param>
/// <param name="Token">For it; null where it wants none (PLIMSOLL_TOKEN, or the file that PLIMSOLL_TOKEN_FILE names).</param>
/// <param name="PublicUrl">Where people reach it (PUBLIC_URL).</param>
/// <param name="Namespaces">That are watched; empty: all (WATCH_NAMESPACES).</param>
/// <param name="PullSecrets">Whether Secrets that rollouts name are read (PULL_SECRETS).</param>
/// <param name="Workers">Rollouts that are looked at at once (WORKERS).</param>
/// <param name="Lease">Its name (LEASE_NAME).</param>
/// <param name="Pod">The name and the namespace of this one (POD_NAME, POD_NAMESPACE).</param>
internal sealed record OperatorSettings(
    Uri Service, string? Token, Uri PublicUrl, IReadOnlyList<string> Namespaces, bool PullSecrets, int Workers, LogLevel LogLevel, string Lease, (string Name, string Namespace) Pod)
{
    const int MostWorkers = 64, LongestToken = 4096;

    /// <exception cref="SettingsException">A variable has a value that nobody can work with.</exception>
    public static OperatorSettings Read(Func<string, string?> variable)
    {
        var service = Address("PLIMSOLL_URL") ?? throw new SettingsException("PLIMSOLL_URL", "it takes the address of Plimsoll's API, such as http://plimsoll.plimsoll.svc");
        return new OperatorSettings(
            service, Token(), Address("PUBLIC_URL") ?? service, [.. (Text("WATCH_NAMESPACES") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()],
            Flag("PULL_SECRETS"), Number("WORKERS", 4, MostWorkers), LogLevels.Read("LOG_LEVEL", Text("LOG_LEVEL")), Text("LEASE_NAME") ?? "plimsoll-operator", (Text("POD_NAME") ?? Environment.MachineName, Text("POD_NAMESPACE") ?? "default"));

        string? Text(string name) => variable(name)?.Trim() is { Length: > 0 } text ? text : null;

        Uri? Address(string name) => Text(name) is not { } text ? null
            : Uri.TryCreate(text.EndsWith('/') ? text : text + '/', UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : throw new SettingsException(name, "it takes an address that begins with http:// or https://");

        bool Flag(string name) => Text(name) switch { null or "false" => false, "true" => true, var text => throw new SettingsException(name, $"it takes true or false, not '{text}'") };

        int Number(string name, int otherwise, int most) => Text(name) is not { } text ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number : throw new SettingsException(name, $"it takes a number from 1 to {most}, not '{text}'");

        string? Token()
        {
            if (Text("PLIMSOLL_TOKEN_FILE") is not { } file)
                return Text("PLIMSOLL_TOKEN");
            try
            {
                using var reader = new StreamReader(file);
                var text = new char[LongestToken];
                return new string(text, 0, reader.ReadBlock(text)).Trim();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new SettingsException("PLIMSOLL_TOKEN_FILE", e.Message);
            }
        }
    }
}
