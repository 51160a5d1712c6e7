using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Store.Webhooks;

/// <summary>
/// Secrets and signatures in the manner of the Standard Webhooks specification 1.0: <c>whsec_</c> and base64 of the key; HMAC-SHA-256 of
/// <c>id.timestamp.body</c> as <c>v1,</c> and base64.
/// </summary>
internal static class WebhookSignature
{
    const string Prefix = "whsec_";

    /// <summary>The specification asks for 24 to 64.</summary>
    const int KeyBytes = 32;

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyBytes);

    /// <summary>The key as its owner sees it.</summary>
    public static string Show(byte[] key) => Prefix + Convert.ToBase64String(key);

    /// <param name="keys">Each signs: a receiver accepts whichever it knows.</param>
    /// <param name="timestamp">Seconds since 1970.</param>
    public static string Sign(IEnumerable<byte[]> keys, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        byte[] message = [.. head, .. body];
        return string.Join(' ', keys.Select(key => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, message))}"));
    }
}
