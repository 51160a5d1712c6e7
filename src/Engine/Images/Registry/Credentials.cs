using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>A name and a password, or a token that stands for both. Never printed.</summary>
internal sealed record Credential(string User, string Password, string? IdentityToken)
{
    public override string ToString() => "(a credential)";
}

/// <summary>
/// Finds credentials where container tools keep them: Docker's <c>config.json</c>, Podman's <c>auth.json</c> and Kubernetes'
/// dockerconfigjson, which have one form, and the credential helpers that they name.
/// </summary>
internal sealed class Credentials(RegistryOptions options, Limits limits)
{
    const string DockerHubKey = "https://index.docker.io/v1/";

    readonly CredentialHelper _helper = new(options.Clock);

    public async Task<Credential?> For(string registry, CancellationToken ct)
    {
        if (options.Login is { } login && login.Registry.Equals(registry, StringComparison.OrdinalIgnoreCase))
            return new Credential(login.User, login.Password, null);
        foreach (var file in options.CredentialFiles.Where(File.Exists))
        {
            var config = await Read(file, ct);
            if (Keys(registry).Select(key => config.Auths?.GetValueOrDefault(key)).FirstOrDefault(entry => entry?.HasValue == true) is { } entry)
                return entry.Credential(file);
            if ((config.CredHelpers?.GetValueOrDefault(registry) ?? config.CredsStore) is { Length: > 0 } helper
                && await _helper.Ask(helper, registry == "docker.io" ? DockerHubKey : registry, ct) is { } found)
                return found;
        }
        return null;
    }

    async Task<CredentialFile> Read(string file, CancellationToken ct)
    {
        try
        {
            await using var stream = File.OpenRead(file);
            if (stream.Length > limits.DocumentBytes)
                throw new UnreadableImageException($"the credential file '{file}' is too large");
            return await JsonSerializer.DeserializeAsync(stream, CredentialJson.Default.CredentialFile, ct) ?? new CredentialFile(null, null, null);
        }
        catch (JsonException e)
        {
            // The message of the parser could quote what it read.
            throw new UnreadableImageException($"the credential file '{file}' is not valid JSON (line {e.LineNumber + 1})", "mend it, or log in again");
        }
    }

    static IEnumerable<string> Keys(string registry) => registry == "docker.io"
        ? [DockerHubKey, "docker.io", "index.docker.io", "registry-1.docker.io", "https://docker.io"]
        : [registry, $"https://{registry}", $"http://{registry}", $"https://{registry}/", $"https://{registry}/v1/", $"https://{registry}/v2/"];
}

internal sealed record CredentialFile(Dictionary<string, CredentialEntry>? Auths, string? CredsStore, Dictionary<string, string>? CredHelpers);

internal sealed record CredentialEntry(string? Auth, string? Username, string? Password, string? IdentityToken)
{
    /// <summary>Docker leaves an empty entry where a helper holds the credential.</summary>
    public bool HasValue => !string.IsNullOrEmpty(Auth) || !string.IsNullOrEmpty(Username) || !string.IsNullOrEmpty(IdentityToken);

    public Credential Credential(string file)
    {
        if (string.IsNullOrEmpty(Auth))
            return new Credential(Username ?? "", Password ?? "", Token);
        var bytes = new byte[Auth.Length];
        if (!Convert.TryFromBase64String(Auth, bytes, out var length) || Encoding.UTF8.GetString(bytes, 0, length).TrimEnd('\0').Split(':', 2) is not [var user, var password])
            throw new UnreadableImageException($"the credential file '{file}' has an entry that is not base64 of name:password", "log in again");
        return new Credential(user, password, Token);
    }

    // Some tools write the field empty beside a password.
    string? Token => string.IsNullOrEmpty(IdentityToken) ? null : IdentityToken;
}

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(CredentialFile))]
[JsonSerializable(typeof(HelperAnswer))]
internal sealed partial class CredentialJson : JsonSerializerContext;
