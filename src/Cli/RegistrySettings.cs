using Plimsoll.Engine.Images.Registry;

namespace Plimsoll.Cli;

/// <summary>How registries are reached: what Docker and Podman users have set already, and Plimsoll's own variables.</summary>
internal static class RegistrySettings
{
    /// <param name="plainHttp">Whether <paramref name="hosts"/> are spoken to without HTTPS.</param>
    public static RegistryOptions Of(bool plainHttp, params string[] hosts) => new()
    {
        PlainHttp = List("REGISTRY_PLAIN_HTTP").Concat(plainHttp ? hosts : []).ToHashSet(StringComparer.OrdinalIgnoreCase),
        Mirrors = RegistryMirrors.Parse(List("REGISTRY_MIRRORS")),
        CredentialFiles = [.. CredentialFiles()],
    };

    /// <summary>What is wrong with the variables, in one line; null when nothing is.</summary>
    public static string? Problem()
    {
        try
        {
            RegistryMirrors.Parse(List("REGISTRY_MIRRORS"));
            return null;
        }
        catch (FormatException e)
        {
            return $"in REGISTRY_MIRRORS, {e.Message}";
        }
    }

    static IEnumerable<string> CredentialFiles()
    {
        if (Variable("REGISTRY_AUTH_FILE") is { } file)
            yield return file;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        yield return Path.Combine(Variable("DOCKER_CONFIG") ?? Path.Combine(home, ".docker"), "config.json");
        if (Variable("XDG_RUNTIME_DIR") is { } runtime)
            yield return Path.Combine(runtime, "containers", "auth.json");
    }

    static string[] List(string name) => (Variable(name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
