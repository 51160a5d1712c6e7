using System.Text;
using System.Text.RegularExpressions;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Secrets;

namespace Plimsoll.Engine.Checks;

/// <summary>What files hold credentials: known by their path, believed by their content.</summary>
internal static partial class CredentialFiles
{
    public const string KeyStore = "a key store";
    public const string EncryptedKey = "an encrypted private key";
    const string PlainKey = "a private key";

    /// <param name="At">The name, or the last names, of the path.</param>
    /// <param name="Holds">Whether the content is a credential; null when it is binary and the name must do.</param>
    sealed record Kind(string What, Func<string, bool>? Holds, params byte[][] At);

    static readonly Kind[] Kinds =
    [
        new("AWS credentials", text => text.Contains("aws_secret_access_key", StringComparison.OrdinalIgnoreCase), "/.aws/credentials"u8.ToArray()),
        new("registry credentials", RegistryAuth().IsMatch, "/.docker/config.json"u8.ToArray(), "/.dockercfg"u8.ToArray(),
            "/.dockerconfigjson"u8.ToArray()),
        new("Kubernetes credentials", text => Contains(text, "client-key-data:", " token:", " password:"), "/.kube/config"u8.ToArray()),
        new("network passwords", text => Contains(text, "password "), "/.netrc"u8.ToArray(), "/_netrc"u8.ToArray()),
        new("npm credentials", NpmAuth().IsMatch, "/.npmrc"u8.ToArray()),
        new("Python index credentials", IndexAuth().IsMatch, "/.pypirc"u8.ToArray(), "/pip.conf"u8.ToArray(), "/.pip/pip.conf"u8.ToArray()),
        new("git credentials", UrlAuth().IsMatch, "/.git-credentials"u8.ToArray()),
        new("PostgreSQL passwords", PgPass().IsMatch, "/.pgpass"u8.ToArray()),
        new("MySQL passwords", IniPassword().IsMatch, "/.my.cnf"u8.ToArray()),
        new("Google credentials", text => Contains(text, "\"private_key\"", "\"refresh_token\""),
            "/application_default_credentials.json"u8.ToArray()),
        new("GitHub credentials", text => Contains(text, "oauth_token:"), "/.config/gh/hosts.yml"u8.ToArray()),
        new("Cargo credentials", text => Contains(text, "token ", "token="), "/.cargo/credentials"u8.ToArray(),
            "/.cargo/credentials.toml"u8.ToArray()),
        new("Maven credentials", text => Contains(text, "<password>"), "/.m2/settings.xml"u8.ToArray()),
        new("NuGet credentials", text => Contains(text, "ClearTextPassword"), "/NuGet.Config"u8.ToArray(), "/nuget.config"u8.ToArray()),
        new("Terraform credentials", text => Contains(text, "\"token\""), "/credentials.tfrc.json"u8.ToArray()),
        new("a Vault token", text => text.Trim().Length > 8, "/.vault-token"u8.ToArray()),
        new("secrets of an environment file", HoldsSecretVariable, "/.env"u8.ToArray()),
        new(KeyStore, null, ".p12"u8.ToArray(), ".pfx"u8.ToArray()),
        new(PlainKey, IsPrivateKey, ".pem"u8.ToArray(), ".key"u8.ToArray(), ".ppk"u8.ToArray(), "_rsa"u8.ToArray(), "_ed25519"u8.ToArray(),
            "_ecdsa"u8.ToArray(), "_dsa"u8.ToArray(), "_sk"u8.ToArray(), "_key"u8.ToArray()),
    ];

    static readonly Kind Environment = Kinds.First(kind => kind.What.Contains("environment", StringComparison.Ordinal));

    /// <summary>Every file of every layer is asked about: the last byte of its path leaves few questions.</summary>
    static readonly (byte[] At, Kind Kind)[][] ByLastByte =
        [.. Enumerable.Range(0, 256).Select(last => (from kind in Kinds from at in kind.At where at[^1] == last select (at, kind)).ToArray())];

    /// <summary>Whether the path is that of a credential.</summary>
    public static bool IsCandidate(ReadOnlySpan<byte> path) => Of(path) is not null;

    /// <summary>Whether the content at this path is worth keeping, to see what it holds.</summary>
    public static bool Wants(ReadOnlySpan<byte> path) => Of(path) is { Holds: not null };

    /// <summary>What a file with this content holds; null when it is no credential.</summary>
    public static string? WhatIs(ReadOnlySpan<byte> path, byte[] content)
    {
        if (Of(path) is not { Holds: { } holds } kind || Encoding.UTF8.GetString(content) is var text && !holds(text))
            return null;
        return kind.What == PlainKey && Contains(text, "ENCRYPTED") ? EncryptedKey : kind.What;
    }

    /// <summary>What the file is by its path alone; null where the content must tell.</summary>
    public static string? ByPath(ReadOnlySpan<byte> path) => Of(path) is { Holds: null } kind ? kind.What : null;

    static Kind? Of(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty)
            return null;
        foreach (var (at, kind) in ByLastByte[path[^1]])
            if (path.EndsWith(at) || at[0] == '/' && path.SequenceEqual(at.AsSpan(1)))
                return kind;
        var name = PathText.Name(path);
        // .env.production and its kin, but not the templates that are made to be copied.
        return name.StartsWith(".env."u8) && !name.EndsWith("example"u8) && !name.EndsWith("sample"u8) && !name.EndsWith("template"u8)
            ? Environment : null;
    }

    static bool Contains(string text, params ReadOnlySpan<string> any)
    {
        foreach (var part in any)
            if (text.Contains(part, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    static bool IsPrivateKey(string text) => PrivateKey().IsMatch(text) || text.StartsWith("PuTTY-User-Key-File", StringComparison.Ordinal);

    static bool HoldsSecretVariable(string text) => text.Split('\n').Any(line =>
        line.Trim() is var pair && pair.IndexOf('=', StringComparison.Ordinal) is var at and > 0 && pair[0] != '#'
        && SecretText.FindIn(pair[..at].Replace("export ", "", StringComparison.Ordinal).Trim(), pair[(at + 1)..].Trim())
            .Any(hit => hit.Severity > Severity.Medium));

    [GeneratedRegex("-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----")]
    private static partial Regex PrivateKey();

    [GeneratedRegex("\"(?:auth|identitytoken|registrytoken|password)\"\\s*:\\s*\"[^\"$]")]
    private static partial Regex RegistryAuth();

    // A reference such as ${NPM_TOKEN} is what should be there.
    [GeneratedRegex("(?:_authToken|_auth|_password)\\s*=\\s*['\"]?[^\\s$'\"]")]
    private static partial Regex NpmAuth();

    [GeneratedRegex("^\\s*password\\s*[=:]\\s*[^\\s$]|://[^\\s:/@]*:[^\\s/@$]+@", RegexOptions.Multiline)]
    private static partial Regex IndexAuth();

    [GeneratedRegex("://[^\\s/@]*:?[^\\s/@$]+@")]
    private static partial Regex UrlAuth();

    [GeneratedRegex("^[^#\\s:]+:[^:\\n]*:[^:\\n]*:[^:\\n]*:[^\\s]", RegexOptions.Multiline)]
    private static partial Regex PgPass();

    [GeneratedRegex("^\\s*password\\s*=\\s*[^\\s$]", RegexOptions.Multiline)]
    private static partial Regex IniPassword();
}
