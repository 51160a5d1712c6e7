using System.Text;
using System.Text.Json;
using k8s;
using Microsoft.Extensions.Logging;
using Plimsoll.Client;
using Plimsoll.Engine.Images;
using Plimsoll.Operator.Cluster;

namespace Plimsoll.Operator.Rollouts;

/// <summary>The logins of <c>spec.pullSecretRefs</c>, where the cluster lets them be read: Secrets of the type <c>kubernetes.io/dockerconfigjson</c>.</summary>
/// <param name="isAllowed">Whether somebody opted in. Without, no Secret is ever asked for, and the service's own logins serve.</param>
internal sealed partial class PullSecrets(IKubernetes server, bool isAllowed, ILogger<PullSecrets> log)
{
    /// <summary>The login for the registry of an image; null: none of the Secrets has one.</summary>
    public async Task<CredentialsBody?> Login(ImageRollout rollout, string image, CancellationToken ct)
    {
        if (!isAllowed || !ImageName.TryParse(image, null, out var name))
            return null;
        foreach (var reference in rollout.Spec.PullSecretRefs ?? [])
            try
            {
                var secret = await server.CoreV1.ReadNamespacedSecretAsync(reference.Name, rollout.Metadata.NamespaceProperty, cancellationToken: ct);
                if (secret.Data is { } data && data.TryGetValue(".dockerconfigjson", out var config) && Find(config, $"{name.Registry}/{name.Repository}") is { } login)
                    return login;
            }
            // Another Secret, or the service itself, may know the registry; if nobody does, the registry will say so.
            catch (Exception e) when (e.IsLasting() || e is JsonException or FormatException or InvalidOperationException)
            {
                Log.NotUsed(log, rollout.Metadata.NamespaceProperty, reference.Name, e is JsonException or FormatException or InvalidOperationException ? "it holds no logins that can be read" : e.Message);
            }
        return null;
    }

    /// <summary>
    /// In the form of <c>~/.docker/config.json</c>: <c>auths</c> by host or by host and path, of which the longest that fits counts, as for the nodes; each with <c>auth</c>
    /// (base64 of user:password) or with both by name.
    /// </summary>
    static CredentialsBody? Find(byte[] config, string repository)
    {
        using var document = JsonDocument.Parse(config);
        if (!document.RootElement.TryGetProperty("auths", out var logins))
            return null;
        foreach (var login in logins.EnumerateObject().Where(login => $"{repository}/".StartsWith($"{PlaceOf(login.Name)}/", StringComparison.Ordinal)).OrderByDescending(login => PlaceOf(login.Name).Length))
        {
            if (login.Value.TryGetProperty("username", out var user) && login.Value.TryGetProperty("password", out var password) && user.GetString() is { Length: > 0 } given)
                return new CredentialsBody(given, password.GetString() ?? "");
            if (login.Value.TryGetProperty("auth", out var auth) && Encoding.UTF8.GetString(auth.GetBytesFromBase64()).Split(':', 2) is [{ Length: > 0 } name, var secret])
                return new CredentialsBody(name, secret);
        }
        return null;
    }

    // People write addresses in it too, with the version of the interface, and one host has old names there.
    static string PlaceOf(string key)
    {
        var parts = (key.IndexOf("://", StringComparison.Ordinal) is >= 0 and var at ? key[(at + 3)..] : key).Split('/', StringSplitOptions.RemoveEmptyEntries);
        var host = parts.Length == 0 ? "" : parts[0].ToLowerInvariant() is "index.docker.io" or "registry-1.docker.io" ? "docker.io" : parts[0].ToLowerInvariant();
        return parts is [_, "v1" or "v2"] ? host : string.Join('/', [host, .. parts.Skip(1)]);
    }

    static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "the pull secret {Namespace}/{Name} is not used: {Reason}")]
        public static partial void NotUsed(ILogger logger, string @namespace, string name, string reason);
    }
}
