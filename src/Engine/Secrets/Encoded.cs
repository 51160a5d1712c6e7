using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Secrets;

/// <summary>Whether what an expression matched decodes to what it should be.</summary>
internal static partial class Encoded
{
    const double BodyEntropy = 4.2;

    /// <summary>An armoured key has a line of base64 that is long and looks random; a header and words about it have none.</summary>
    public static bool HasKeyBody(Match match)
    {
        var lines = Base64Line().Matches(SecretRule.SecretOf(match).Value.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\r", "\n", StringComparison.Ordinal));
        return lines.Count > 0 && Shannon.BitsPerCharacter(string.Concat(lines.Select(line => line.Value))) >= BodyEntropy;
    }

    /// <summary>Base64 of a name, a colon and a password (RFC 7617) that is no example.</summary>
    public static bool IsUserAndPassword(Match match) => PasswordOf(SecretRule.SecretOf(match).Value) is { } password && !SecretValues.IsExample(password);

    /// <summary>The password in base64 of a name, a colon and a password; null when it is something else.</summary>
    public static string? PasswordOf(string value) =>
        TextOf(value) is { } text && text.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && colon < text.Length - 1 ? text[(colon + 1)..] : null;

    /// <summary>What base64 of printable ASCII says; null when it is something else.</summary>
    public static string? TextOf(string value)
    {
        var bytes = new byte[value.Length];
        if (!Convert.TryFromBase64String(value.PadRight(value.Length + 3 & ~3, '='), bytes, out var length))
            return null;
        var text = Encoding.Latin1.GetString(bytes, 0, length);
        return text.Length > 0 && !text.Any(char.IsControl) && text.All(char.IsAscii) ? text : null;
    }

    /// <summary>A signed JSON web token (RFC 7519): a header that names an algorithm, and an object of claims.</summary>
    public static bool IsJsonWebToken(Match match)
    {
        var parts = SecretRule.SecretOf(match).Value.Split('.');
        return Decode(parts[0]) is { } header && Has(header, "alg") && Decode(parts[1]) is { } claims && Has(claims, null);
    }

    /// <summary>The same, with the claims that Kubernetes gives to the tokens of service accounts.</summary>
    public static bool IsServiceAccountToken(Match match) =>
        IsJsonWebToken(match) && PayloadOf(SecretRule.SecretOf(match).Value).Contains("kubernetes", StringComparison.Ordinal)
        && PayloadOf(SecretRule.SecretOf(match).Value).Contains("serviceaccount", StringComparison.Ordinal);

    /// <summary>The claims of a JSON web token as text; empty when they are none.</summary>
    public static string PayloadOf(string token) => token.Split('.') is [_, var claims, ..] && Decode(claims) is { } bytes ? Encoding.UTF8.GetString(bytes) : "";

    static byte[]? Decode(string base64Url)
    {
        var bytes = new byte[base64Url.Length];
        return Base64Url.IsValid(base64Url) && Base64Url.TryDecodeFromChars(base64Url, bytes, out var length) ? bytes[..length] : null;
    }

    static bool Has(byte[] json, string? member)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && (member is null || document.RootElement.TryGetProperty(member, out _));
        }
        // The latter: a member's name holds half a surrogate pair.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    [GeneratedRegex("[A-Za-z0-9+/=]{40,}")]
    private static partial Regex Base64Line();
}
